import { readCsvRecords } from '../../core/files/read-csv-records.js';
import type { Check, CheckKind } from './check.js';

/** The texts of the tables in `content/omop/dqd`. */
export interface CheckTexts {
  readonly descriptions: string;
  readonly tables: string;
  readonly fields: string;
  readonly concepts: string;
}

/** Superseded by plausibleStartBeforeEnd, plausibleBeforeDeath and plausibleGenderUseDescendants. */
const deprecatedKinds = ['plausibleTemporalAfter', 'plausibleDuringLife', 'plausibleGender'];

/** Left out by default: whoever has a vocabulary has it from OHDSI as it is. */
export const vocabularyTables = [
  ...['concept', 'vocabulary', 'concept_ancestor', 'concept_relationship'],
  ...['concept_class', 'concept_synonym', 'relationship', 'domain'],
];

/** The dashboard passes it over, because its name is a word of SQL. */
const passedOver = 'offset';

/** The checks of DataQualityDashboard that are not deprecated: 2,159 at version 2.8.4, 2,002 without the vocabulary. */
export function readChecks(texts: CheckTexts): readonly Check[] {
  return readKinds(texts.descriptions)
    .filter(({ name }) => !deprecatedKinds.includes(name))
    .flatMap((kind) => checksOf(kind, texts))
    .filter(({ field }) => field !== passedOver);
}

/** @throws {Error} naming the kind whose row cannot be read */
function readKinds(descriptions: string): readonly CheckKind[] {
  return readCsvRecords(descriptions).map((row) => {
    const name = row['checkName'] ?? '';
    const one = <const T extends string>(column: string, values: readonly T[]): T => {
      const value = values.find((each) => each === row[column]);
      if (value === undefined) throw new Error(`Check "${name}": "${row[column] ?? ''}" is no ${column}.`);
      return value;
    };
    return {
      name,
      level: one('checkLevel', ['TABLE', 'FIELD', 'CONCEPT']),
      description: (row['checkDescription'] ?? '').replace(/\s+/g, ' ').trim(),
      context: row['kahnContext'] ?? '',
      category: one('kahnCategory', ['Conformance', 'Completeness', 'Plausibility']),
      subcategory: row['kahnSubcategory'] ?? '',
      severity: one('severity', ['fatal', 'convention', 'characterization']),
      conditions: readFilter(row['evaluationFilter'] ?? '', name),
    };
  });
}

/** Conditions such as `isForeignKey=='Yes' & fkDomain!=''`. */
function readFilter(filter: string, kind: string): CheckKind['conditions'] {
  return filter.split('&').map((condition) => {
    const [, column, sign, value] = /^\s*(\w+)\s*(==|!=)\s*'([^']*)'\s*$/.exec(condition) ?? [];
    if (column === undefined || value === undefined)
      throw new Error(`Check "${kind}": the condition "${condition}" cannot be read.`);
    return { column, isEqual: sign === '==', value };
  });
}

function checksOf(kind: CheckKind, { tables, fields, concepts }: CheckTexts): Check[] {
  const rows = readCsvRecords({ TABLE: tables, FIELD: fields, CONCEPT: concepts }[kind.level]);
  return rows
    .filter((row) => kind.conditions.every((condition) => holds(condition, row)))
    .map((row) => {
      const threshold = row[`${kind.name}Threshold`] ?? '';
      const field = row['cdmFieldName'];
      return {
        kind,
        table: (row['cdmTableName'] ?? '').toLowerCase(),
        ...(field === undefined ? {} : { field: field.toLowerCase().replaceAll('"', '') }),
        row,
        threshold: threshold === '' ? null : readThreshold(threshold, kind.name),
        notes: row[`${kind.name}Notes`] ?? '',
      };
    });
}

function holds({ column, isEqual, value }: CheckKind['conditions'][number], row: Check['row']): boolean {
  const cell = row[column] ?? '';
  return isEqual ? cell === value : cell !== value;
}

function readThreshold(text: string, kind: string): number {
  const threshold = Number(text);
  if (!(threshold >= 0 && threshold <= 100)) throw new Error(`Check "${kind}": "${text}" is no threshold.`);
  return threshold;
}
