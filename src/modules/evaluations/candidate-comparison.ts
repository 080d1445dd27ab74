import { copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { convertCsvToParquet } from '../../core/files/csv-to-parquet.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { openColumns } from '../../core/files/open-columns.js';
import type { Profile } from '../../core/profile/profile.js';
import type { TableSchema } from '../../core/schema/schema.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { Check } from '../../evaluation/check.js';
import { evaluate } from '../../evaluation/evaluate.js';
import type { PackageUnderCheck } from '../../evaluation/evaluation-context.js';
import { escapeCell } from '../../exporters/csv/formula-cell.js';
import { unescapedSource } from '../../exporters/csv/unescaped-source.js';
import type { CandidateManifest } from '../../exporters/package/manifest.js';
import { readManifest } from '../../exporters/package/read-manifest.js';
import type { Candidate } from '../generation/index.js';
import { Mechanism } from '../mechanisms/index.js';
import {
  ChangedBytesError,
  FinalJobError,
  type JobContext,
  type Logger,
  LOGGER,
  type ObjectReader,
  QUARANTINE,
  Transactions,
} from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { SourceProfile } from '../profiles/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { ExtractFiles, Source } from '../sources/index.js';

interface Package extends PackageUnderCheck {
  readonly manifest: CandidateManifest;
  /** Key of the data file. */
  readonly dataKey: string;
}

/** Enough of a data file to hold its heading line. */
const headBytesMax = 1_000_000;

/** Holds a candidate against its source. Only figures come out. */
@Injectable()
export class CandidateComparison {
  constructor(
    private readonly transactions: Transactions,
    private readonly extracts: ExtractFiles,
    @Inject(QUARANTINE) private readonly quarantine: ObjectReader,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws {FinalJobError} when the candidate in quarantine is not the one that was generated */
  async check(request: ReleaseRequest, candidate: Candidate, context: JobContext): Promise<Check[]> {
    const found = await this.openPackage(candidate);
    const { reader } = this.transactions;
    const source = await reader.findOneByOrFail(Source, { id: request.sourceId });
    const { mechanismHash: hash } = candidate;
    const mechanism = await reader.findOneByOrFail(Mechanism, { hash, sourceId: source.id });
    const { content } = await reader.findOneByOrFail(SourceProfile, { id: mechanism.profileId });
    if (!content) throw new FinalJobError('The signed profile is gone.');
    const names = source.columns.map(({ name }) => name);
    return this.extracts.withExtract(source.contentHash, names, async ({ db, parquetPath }) => {
      const real = await openColumns(db, parquetPath, source.schema);
      return this.extracts.withEngine([], async (candidateDb, scratch) => {
        const synthetic = await this.openCandidate(
          candidateDb,
          scratch,
          found,
          requestedSchema(request, source),
        );
        return this.evaluate({ request, source, profile: content, real, synthetic, found, context });
      });
    });
  }

  private evaluate(all: Compared): Promise<Check[]> {
    const { request, source, profile, real, synthetic, found, context } = all;
    const thresholds = this.policy.thresholds[request.tier]?.checks ?? {};
    return evaluate(
      {
        schema: requestedSchema(request, source),
        profile,
        source: real,
        holdout: null,
        candidate: synthetic,
        rowsRequested: request.rows,
        package: found,
        cellCountFloor: this.policy.disclosure.cellCountMin,
        signal: context.signal,
        onProgress: ({ done, total }) => {
          context.progress(done / total);
        },
        onCheckCrash: (check, error) => {
          // The message may quote a cell: the kind of error is all that leaves the real zone.
          this.logger.error(
            { check, error: error instanceof Error ? error.name : typeof error },
            'a check crashed',
          );
        },
      },
      thresholds,
    );
  }

  /** Every byte is read and hashed before anything in it is believed. */
  private async openPackage(candidate: Candidate): Promise<Package> {
    for (const { name, sha256 } of candidate.files) {
      if (!(await this.quarantine.isIntact(sha256)))
        throw new FinalJobError(new ChangedBytesError(name).message);
    }
    const read = async (key: string): Promise<Buffer> => buffer(this.quarantine.open(key));
    const manifest = readManifest(await read(candidate.hash));
    const keyOf = (role: string): string => manifest.files.find((file) => file.role === role)?.sha256 ?? '';
    const readmeText = (await read(keyOf('readme'))).toString('utf8');
    const dataKey = keyOf('data');
    const headBytes = await this.headOf(dataKey);
    const files = manifest.files.map((file) => (file.role === 'data' ? { ...file, headBytes } : file));
    return { manifest, readmeText, dataKey, files };
  }

  private async headOf(key: string): Promise<Uint8Array> {
    const head = new Uint8Array(headBytesMax);
    const file = await open(this.quarantine.localPath(key));
    try {
      const { bytesRead } = await file.read(head);
      return head.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  private async openCandidate(
    db: DuckDb,
    scratch: string,
    found: Package,
    schema: TableSchema,
  ): Promise<ColumnSource> {
    const csvPath = join(scratch, 'candidate.csv');
    await copyFile(this.quarantine.localPath(found.dataKey), csvPath);
    const parquetPath = join(scratch, 'candidate.parquet');
    await convertCsvToParquet(
      db,
      csvPath,
      parquetPath,
      found.manifest.columns.map(({ name }) => escapeCell(name)),
    );
    const columns = schema.columns.map((column) => ({ ...column, name: escapeCell(column.name) }));
    return unescapedSource(await openColumns(db, parquetPath, { columns }));
  }
}

interface Compared {
  readonly request: ReleaseRequest;
  readonly source: Source;
  readonly profile: Profile;
  readonly real: ColumnSource;
  readonly synthetic: ColumnSource;
  readonly found: Package;
  readonly context: JobContext;
}

/** The candidate writes missing values as empty cells, whatever marked them in the source. */
function requestedSchema(request: ReleaseRequest, source: Source): TableSchema {
  return {
    columns: request.columns.flatMap((name) => {
      const column = source.columns.find((one) => one.name === name);
      return column ? [{ name, type: column.type, missingMarkers: [''] }] : [];
    }),
  };
}
