import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { DuckDb } from '../../core/files/duckdb.js';
import { readCdmContent } from '../../core/omop/read-cdm-content.js';
import { findTables } from '../../core/omop/source/find-tables.js';
import { listOmopFolder } from '../../core/omop/source/list-folder.js';
import { loadTables } from '../../core/omop/source/load-tables.js';
import { readChecksContent } from '../../evaluation/omop/read-content.js';
import { vocabularyTables } from '../../evaluation/omop/read-checks.js';
import { type CheckResult, runChecks } from '../../evaluation/omop/run-checks.js';
import type { FormatFindings, FormatReaders } from '../../evaluation/records/format-findings.js';
import { readDefinitions } from '../../exporters/fhir-validation/definitions/read-definitions.js';
import { FhirValidator } from '../../exporters/fhir-validation/fhir-validator.js';
import {
  checkNdjsonRelease,
  type TypedFile,
} from '../../exporters/fhir-validation/release/check-ndjson-release.js';
import { knownSystems } from '../../exporters/fhir-validation/release/known-systems.js';
import { fhirTypeOf } from '../../exporters/package/fhir-file-name.js';
import { CONFIG, type Config, type JobContext } from '../platform/index.js';
import { CandidateFiles, type CandidatePackage } from './candidate-files.js';

/** Looks at simulated lives as FHIR and as OMOP: each resource, each table, as they lie in quarantine. */
@Injectable()
export class LivesFormats {
  constructor(
    private readonly files: CandidateFiles,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `today`: the day that data-quality checks take for that of the run, yyyy-mm-dd. */
  async readersOf(found: CandidatePackage, { signal }: JobContext, today: string): Promise<FormatReaders> {
    const resources: TypedFile[] = [];
    for (const { name, sha256 } of found.manifest.files) {
      const type = fhirTypeOf(name);
      if (type !== null) resources.push({ type, name, path: await this.files.pathOf(sha256) });
    }
    const tables = found.manifest.files.find(({ name }) => name.endsWith('-omop-5.4.zip'));
    return {
      ...(resources.length === 0 ? {} : { fhir: () => this.checkFhir(resources, signal) }),
      ...(tables ? { omop: () => this.checkOmop(tables.sha256, signal, today) } : {}),
    };
  }

  private async checkFhir(files: readonly TypedFile[], signal: AbortSignal): Promise<FormatFindings> {
    const definitions = await readDefinitions(join(this.config.rules.contentFolder, 'fhir'));
    const judged = {
      validator: new FhirValidator(definitions, { profiles: 'uk-core' }),
      systems: knownSystems(definitions, []),
    };
    const { resources, patients, errors, warnings, examples } = await checkNdjsonRelease(
      files,
      judged,
      signal,
    );
    return {
      ...{ persons: patients, checked: resources, failures: errors, doubts: warnings },
      examples: examples.map(({ file, line, path, why }) => `${file}, line ${line}: ${path} ${why}.`),
    };
  }

  private checkOmop(key: string, signal: AbortSignal, today: string): Promise<FormatFindings> {
    return this.files.withArchive(key, (db, { unpacked: folder, empty: work }) =>
      this.runOmopChecks(db, { folder, work, signal, today }),
    );
  }

  private async runOmopChecks(db: DuckDb, { folder, work, signal, today }: OmopRun): Promise<FormatFindings> {
    const content = this.config.rules.contentFolder;
    const cdm = await readCdmContent(content);
    const files = findTables(await listOmopFolder(folder), cdm);
    const source = await loadTables(db, files, { cdm, folder, scratch: work, signal });
    const checks = (await readChecksContent(content)).filter(
      ({ table }) => !vocabularyTables.includes(table),
    );
    const results = await runChecks(db, source, checks, { today, signal });
    const bad = results.filter(({ verdict }) => verdict.status === 'failed' || verdict.status === 'error');
    const of = (severity: string): CheckResult[] =>
      bad.filter(({ check }) => check.kind.severity === severity);
    return {
      persons: source.tables.get('person')?.rows ?? 0,
      checked: results.length,
      failures: of('fatal').length,
      doubts: of('convention').length,
      examples: of('fatal')
        .slice(0, examplesMost)
        .map(({ check }) => `${check.kind.name} of ${check.table} failed.`),
    };
  }
}

const examplesMost = 3;

interface OmopRun {
  readonly folder: string;
  readonly work: string;
  readonly signal: AbortSignal;
  readonly today: string;
}
