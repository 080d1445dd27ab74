import { dateFormats } from '../schema/date-format.js';
import type { DateFormat } from '../schema/date-format.js';
import { booleanWords, conformsSql, formattedDateSql, missingSql } from './cell-sql.js';
import type { DuckDb, Row } from './duckdb.js';
import { nameLiteral, pathLiteral, textLiteral } from './sql-literal.js';

/** Cell texts that may mean "not known" in any column. 'None' is not among them: in real data it is also a result. */
const commonMarkers = ['', '?', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan'] as const;

/** Numbers that stand for "not known" in some columns and for themselves in others. */
const stoodInNumbers = ['0', '-1', '-9', '-99', '-999', '99', '999', '9999'] as const;

/** What all rows of one text column say together. Counts are of present cells: those that hold no common marker. */
export interface ColumnFeatures {
  readonly name: string;
  readonly rows: number;
  readonly present: number;
  readonly distinct: number;
  /** The common markers that occur, with their counts. */
  readonly markers: ReadonlyMap<string, number>;
  readonly integers: number;
  readonly numbers: number;
  readonly dates: number;
  readonly datetimes: number;
  readonly leadingZeros: number;
  readonly negatives: number;
  readonly minusNines: number;
  /** Whole numbers too large for a double. */
  readonly tooLarge: number;
  readonly nhsNumbers: number;
  readonly uuids: number;
  readonly emails: number;
  readonly postcodes: number;
  readonly withSpaces: number;
  readonly icdCodes: number;
  /** Such as [0-10), 10-19, 65+ or <5. */
  readonly bands: number;
  /** Cells that are a date when read in that way. */
  readonly dateTexts: ReadonlyMap<DateFormat, number>;
  /** Those of the numbers that may stand for something else which occur, with their counts. */
  readonly standIns: ReadonlyMap<string, number>;
  readonly lengthMean: number;
  readonly wordsMean: number;
  /** In lower case, when all present cells are boolean words; else empty. */
  readonly booleanWords: readonly string[];
}

/** Up to so many distinct texts a column is grouped first, so that patterns run once a text and not once a row. */
const groupedDistinctMax = 200_000;
const columnsPerScan = 8;

/** About how many distinct texts each column has, several columns to a scan; only decides how to count exactly. */
export async function estimateDistinct(
  db: DuckDb,
  parquetPath: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const estimates: number[] = [];
  for (let first = 0; first < names.length; first += columnsPerScan) {
    const batch = names.slice(first, first + columnsPerScan);
    const aggregates = batch.map((name, index) => `approx_count_distinct(${nameLiteral(name)}) AS c${index}`);
    const sql = `SELECT ${aggregates.join(', ')} FROM read_parquet(${pathLiteral(parquetPath)})`;
    const row = await db.queryOne(sql, {}, signal);
    batch.forEach((_, index) => estimates.push(Number(row[`c${index}`])));
  }
  return estimates;
}

export interface FeatureRequest {
  readonly name: string;
  readonly distinctEstimate: number;
}

/** Looks at every cell of one column. */
export async function readFeatures(
  db: DuckDb,
  parquetPath: string,
  { name, distinctEstimate }: FeatureRequest,
  signal?: AbortSignal,
): Promise<ColumnFeatures> {
  const source = `(SELECT ${nameLiteral(name)} AS v FROM read_parquet(${pathLiteral(parquetPath)}))`;
  const grouped = distinctEstimate <= groupedDistinctMax;
  const cells = grouped
    ? `(SELECT v, count(*) AS n FROM ${source} GROUP BY v)`
    : `(SELECT v, 1 AS n FROM ${source})`;
  const present = `NOT (${missingSql('v', commonMarkers)})`;
  const row = await db.queryOne(featuresSql(cells, present), {}, signal);
  if (grouped) return toFeatures(name, row, Number(row['texts']));
  // Grouping hashes keeps a fixed width whatever the texts; among 10^8 texts two share one of 2^64 once in 3,700 times.
  const counted = await db.queryOne(
    `SELECT count(*) AS texts FROM (SELECT hash(v) FROM ${source} WHERE ${present} GROUP BY 1)`,
    {},
    signal,
  );
  return toFeatures(name, row, Number(counted['texts']));
}

const nhsCheck = Array.from({ length: 9 }, (_, at) => `${10 - at} * (ascii(v[${at + 1}]) - 48)`).join(' + ');

/** SQL conditions on a present cell `v`, by the feature that counts them. The cheap test first: patterns cost most. */
const conditions = {
  integers: String.raw`regexp_full_match(v, '[+-]?\d+(\.0*)?')`,
  numbers: conformsSql('number', 'v'),
  dates: `length(v) = 10 AND ${conformsSql('date', 'v')}`,
  datetimes: `length(v) >= 10 AND v[5] = '-' AND ${conformsSql('datetime', 'v')}`,
  leadingZeros: String.raw`starts_with(v, '0') AND regexp_full_match(v, '0\d+')`,
  negatives: `starts_with(v, '-') AND TRY_CAST(v AS DOUBLE) < 0`,
  minusNines: `v = '-9'`,
  tooLarge: String.raw`length(v) >= 16 AND regexp_full_match(v, '[+-]?\d+') AND abs(TRY_CAST(v AS DOUBLE)) >= 9007199254740992`,
  // NHS number: the tenth digit is 11 less the weighted sum modulo 11 (11 written 0, 10 never issued).
  nhsNumbers: String.raw`length(v) = 10 AND regexp_full_match(v, '\d{10}') AND (11 - (${nhsCheck}) % 11) % 11 = ascii(v[10]) - 48`,
  uuids: `length(v) = 36 AND regexp_full_match(v, '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}')`,
  emails: String.raw`contains(v, '@') AND regexp_full_match(v, '[^@\s]+@[^@\s]+\.[^@\s]+')`,
  postcodes: String.raw`length(v) BETWEEN 5 AND 8 AND regexp_full_match(upper(v), '[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}')`,
  withSpaces: `contains(v, ' ') AND contains(trim(v), ' ')`,
  // ICD-10: a letter, a digit, one of either; ICD-9: three digits, V and two, E and three; more after a point that may be left out.
  icdCodes: String.raw`length(v) BETWEEN 3 AND 8 AND regexp_full_match(v, '[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?|(\d{3}|V\d{2}|E\d{3})(\.?\d{1,2})?')`,
  bands: String.raw`length(v) BETWEEN 2 AND 15 AND regexp_full_match(v, '[\[(]?\d{1,3}(\.\d+)?\s?(-|–|to)\s?\d{1,3}(\.\d+)?[\])]?|(<|>|<=|>=|≤|≥)\s?\d+(\.\d+)?|\d{1,3}\+')`,
} as const;

function featuresSql(cells: string, present: string): string {
  const counts = Object.entries(conditions).map(
    ([feature, condition]) => `sum(n) FILTER (${present} AND ${condition}) AS "${feature}"`,
  );
  const markers = commonMarkers.map(
    (marker, index) => `sum(n) FILTER (v = ${textLiteral(marker)}) AS marker_${index}`,
  );
  const standIns = stoodInNumbers.map(
    (number, index) => `sum(n) FILTER (v = ${textLiteral(number)}) AS stands_in_${index}`,
  );
  const formatted = dateFormats.map(
    (format, index) =>
      `sum(n) FILTER (${present} AND length(v) BETWEEN 8 AND 11 AND (${formattedDateSql(format, 'v')}) IS NOT NULL) AS dated_${index}`,
  );
  const words = booleanWords.map(textLiteral).join(', ');
  return `SELECT sum(n) AS rows, sum(n) FILTER (${present}) AS present, count(*) FILTER (${present}) AS texts,
    ${[...counts, ...markers, ...standIns, ...formatted].join(', ')},
    sum(n * length(v)) FILTER (${present}) AS lengths,
    sum(n * (1 + length(trim(v)) - length(replace(trim(v), ' ', '')))) FILTER (${present}) AS words,
    sum(n) FILTER (${present} AND lower(v) IN (${words})) AS booleans,
    string_agg(DISTINCT lower(v), ' ') FILTER (lower(v) IN (${words})) AS boolean_words FROM ${cells}`;
}

function toFeatures(name: string, row: Row, distinct: number): ColumnFeatures {
  const count = (feature: string): number => Number(row[feature] ?? 0);
  const present = count('present');
  const isBoolean = present > 0 && count('booleans') === present;
  return {
    name,
    rows: count('rows'),
    present,
    distinct,
    markers: counted(commonMarkers, (index) => count(`marker_${index}`)),
    integers: count('integers'),
    numbers: count('numbers'),
    dates: count('dates'),
    datetimes: count('datetimes'),
    leadingZeros: count('leadingZeros'),
    negatives: count('negatives'),
    minusNines: count('minusNines'),
    tooLarge: count('tooLarge'),
    nhsNumbers: count('nhsNumbers'),
    uuids: count('uuids'),
    emails: count('emails'),
    postcodes: count('postcodes'),
    withSpaces: count('withSpaces'),
    icdCodes: count('icdCodes'),
    bands: count('bands'),
    dateTexts: counted(dateFormats, (index) => count(`dated_${index}`)),
    standIns: counted(stoodInNumbers, (index) => count(`stands_in_${index}`)),
    lengthMean: present === 0 ? 0 : count('lengths') / present,
    wordsMean: present === 0 ? 0 : count('words') / present,
    booleanWords: isBoolean ? String(row['boolean_words']).split(' ').sort() : [],
  };
}

/** Those that occur. */
function counted<Key extends string>(
  keys: readonly Key[],
  times: (index: number) => number,
): ReadonlyMap<Key, number> {
  return new Map(
    keys.map((key, index) => [key, times(index)] as const).filter(([, occurrences]) => occurrences > 0),
  );
}
