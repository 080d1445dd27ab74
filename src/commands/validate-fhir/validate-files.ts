import { readFile } from 'node:fs/promises';
import type { FhirValidator } from '../../exporters/fhir-validation/fhir-validator.js';
import type { Finding } from '../../exporters/fhir-validation/finding.js';
import { ndjsonLines } from '../../exporters/fhir-validation/release/ndjson-lines.js';
import type { Place } from '../../exporters/fhir-validation/release/place.js';
import { ReleaseChecker } from '../../exporters/fhir-validation/release/release-checker.js';
import type { ResourceFile } from './find-resource-files.js';
import type { FindingReport } from './finding-report.js';

export interface ValidationOptions {
  readonly validator: FhirValidator;
  /** Known code systems, where the files are a whole release; undefined: every resource is looked at alone. */
  readonly releaseSystems: ReadonlySet<string> | undefined;
  readonly report: FindingReport;
  readonly onProgress: (resources: number, bytes: number) => void;
}

/** What was looked at. */
export interface ValidationCounts {
  readonly resources: number;
  readonly bytes: number;
  /** Files of JSON that are no resource. */
  readonly passedOver: readonly string[];
}

/**
 * Checks files one resource after the other. Of a release, files of bundles are a delivery of their own: the same
 * resources may be in NDJSON beside them. @throws {Error} of the file system
 */
export async function validateFiles(
  files: readonly ResourceFile[],
  options: ValidationOptions,
): Promise<ValidationCounts> {
  const isBundle = ({ isLines, type }: ResourceFile): boolean => !isLines || type === 'Bundle';
  const counting = new FileValidation(options);
  for (const delivery of [files.filter((file) => !isBundle(file)), files.filter(isBundle)])
    await counting.readDelivery(delivery);
  return counting;
}

/** Events are judged by patients and encounters, so these come first. */
const firstTypes = ['Patient', 'Encounter'];

class FileValidation implements ValidationCounts {
  resources = 0;
  bytes = 0;
  readonly passedOver: string[] = [];
  readonly #options: ValidationOptions;

  constructor(options: ValidationOptions) {
    this.#options = options;
  }

  async readDelivery(files: readonly ResourceFile[]): Promise<void> {
    const { validator, releaseSystems, report } = this.#options;
    const checker = releaseSystems && new ReleaseChecker(validator, releaseSystems);
    const look = (resource: unknown, place: Place): readonly Finding[] =>
      checker === undefined ? validator.validate(resource) : checker.add(resource, place);
    const ofType = (wanted: string | undefined): ResourceFile[] =>
      files.filter(({ type }) => type === wanted);
    const others = files.filter(({ type = '' }) => !firstTypes.includes(type));
    for (const file of [...firstTypes.flatMap(ofType), ...others])
      await (file.isLines ? this.readLines(file, look) : this.readOne(file, look));
    for (const finding of checker?.finish() ?? []) report.add(finding);
  }

  private async readLines({ path, bytes }: ResourceFile, look: Look): Promise<void> {
    const before = this.bytes;
    for await (const lines of ndjsonLines(path)) {
      for (const { text, line } of lines) this.take(text, { file: path, line }, look);
      this.#options.onProgress(this.resources, before + (lines.at(-1)?.bytes ?? 0));
    }
    this.bytes = before + bytes;
  }

  private async readOne({ path, bytes }: ResourceFile, look: Look): Promise<void> {
    const text = await readFile(path, 'utf8');
    this.take(text, { file: path, line: 1 }, (resource, place) => {
      const isResource = typeof resource === 'object' && resource !== null && 'resourceType' in resource;
      if (isResource) return look(resource, place);
      this.passedOver.push(path);
      this.resources -= 1;
      return [];
    });
    this.bytes += bytes;
    this.#options.onProgress(this.resources, this.bytes);
  }

  private take(text: string, place: Place, look: Look): void {
    this.resources += 1;
    for (const finding of findingsIn(text, place, look)) this.#options.report.add({ ...place, ...finding });
  }
}

type Look = (resource: unknown, place: Place) => readonly Finding[];

function findingsIn(text: string, place: Place, look: Look): readonly Finding[] {
  let resource: unknown;
  try {
    resource = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'is no JSON';
    return [{ severity: 'error', rule: 'json', path: '', why }];
  }
  return look(resource, place);
}
