import { resolve } from 'node:path';
import { clinicalFormats } from '../../exporters/clinical-registry.js';
import type { ClinicalFormat } from '../../exporters/clinical-registry.js';
import type { ReleaseFacts } from '../../exporters/clinical-writer.js';
import { parseDay } from '../../exporters/mapping/moments.js';
import { StartRefused } from '../start-refused.js';
import { textOf } from '../tables/run-on-file.js';

const tiers = ['STRUCTURAL', 'LOW', 'HIGH'] as const;
const countries = ['GB', 'US'] as const;

/** What is said of the tables that their mapping cannot know. */
export interface OutputRequest {
  readonly out: string;
  readonly tier: ReleaseFacts['tier'];
  /** Null for records as they are, a line each. */
  readonly clinical: (ClinicalAnswers & { readonly format: ClinicalFormat }) | null;
}

export interface ClinicalAnswers {
  readonly country: ReleaseFacts['country'];
  /** Milliseconds since 1970. */
  readonly madeOn: number;
  /** A folder with an OMOP vocabulary; null: the shipped subset. */
  readonly vocabulary: string | null;
}

export interface MapRequest {
  readonly tables: string;
  readonly mappingFile: string;
  /** Null for a preview. */
  readonly output: OutputRequest | null;
}

/** @throws {StartRefused} */
export function parseMapRequest(values: Readonly<Record<string, unknown>>): MapRequest {
  const [tables, mappingFile, format, out] = ['tables', 'mapping', 'format', 'out'].map((name) =>
    textOf(values[name]),
  );
  if (tables === undefined)
    throw new StartRefused('Say which tables: a folder of CSV files, or one CSV file.');
  if (mappingFile === undefined) throw new StartRefused('Say how: --mapping FILE.yaml.');
  if (values['preview'] === true) {
    if (out !== undefined) throw new StartRefused('A preview writes nothing: leave --preview or --out away.');
    return { tables, mappingFile, output: null };
  }
  const formats = ['ndjson', ...clinicalFormats.map(({ name }) => name)];
  if (out === undefined || format === undefined)
    throw new StartRefused(`Say what you want: --preview, or --format ${formats.join('|')} --out DIR.`);
  if (!formats.includes(format))
    throw new StartRefused(`There is no format "${format}"; there is: ${formats.join(', ')}.`);
  const tier = oneOf(tiers, 'tier', values);
  const clinical = clinicalFormats.find(({ name }) => name === format);
  const more = clinical ? { format: clinical, ...clinicalAnswers(values) } : null;
  return { tables, mappingFile, output: { out, tier, clinical: more } };
}

/** What clinical formats have to be told of the records. @throws {StartRefused} */
export function clinicalAnswers(values: Readonly<Record<string, unknown>>): ClinicalAnswers {
  return {
    country: oneOf(countries, 'country', values),
    madeOn: dated(values),
    vocabulary: folderOf(values['vocabulary']),
  };
}

function folderOf(value: unknown): string | null {
  const folder = textOf(value);
  return folder === undefined ? null : resolve(folder);
}

function oneOf<T extends string>(
  words: readonly T[],
  option: string,
  values: Readonly<Record<string, unknown>>,
): T {
  const found = words.find((word) => word === values[option]);
  if (found === undefined) throw new StartRefused(`Say what the tables are: --${option} ${words.join('|')}.`);
  return found;
}

function dated(values: Readonly<Record<string, unknown>>): number {
  const day = parseDay(textOf(values['dated']) ?? '');
  if (!day) throw new StartRefused('Say the day of the release: --dated YYYY-MM-DD.');
  return day.ms;
}
