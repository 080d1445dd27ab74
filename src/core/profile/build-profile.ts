import { isMeasured, missingSql } from '../files/cell-sql.js';
import type { MeasuredType } from '../files/cell-sql.js';
import type { DuckDb } from '../files/duckdb.js';
import { nameLiteral, pathLiteral } from '../files/sql-literal.js';
import type { ColumnSchema, TableSchema } from '../schema/schema.js';
import { disclosedCount, disclosePresence } from './disclosed-count.js';
import { buildHistogram, tailCount } from './histogram.js';
import { cellCounter, countDecimals } from './measured-column.js';
import type { ProfileSource } from './measured-column.js';
import { poolCategories } from './pool-categories.js';
import type { ColumnProfile, DisclosureControl, Profile, WithheldProfile } from './profile.js';
import { surveyColumns } from './survey-columns.js';
import type { ColumnSurvey } from './survey-columns.js';

export interface ProfileOptions {
  /** Content hash of the source the Parquet file was made from. */
  readonly sourceHash: string;
  readonly control: DisclosureControl;
  /** Share of the work done, from 0 to 1, never falling. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** A survey of all columns together costs about as much as this share of the profile. */
const surveyShare = 0.4;

/**
 * The statistics of a Parquet file of text cells under disclosure control. Asks the engine for exact aggregates only,
 * so the same file gives the same bytes on any number of threads, and memory does not grow with the rows.
 * @throws {NonconformingValueError} when a cell is neither missing nor of its column's confirmed type
 */
export async function buildProfile(
  db: DuckDb,
  parquetPath: string,
  schema: TableSchema,
  options: ProfileOptions,
): Promise<Profile> {
  const { sourceHash, control, onProgress, signal } = options;
  const source = { db, parquetPath, signal };
  const total = schema.columns.length;
  const surveys = await surveyColumns(source, schema.columns, (done) => {
    onProgress?.((done / total) * surveyShare);
  });
  const columns: ColumnProfile[] = [];
  for (const [index, survey] of surveys.entries()) {
    const column = schema.columns[index];
    if (column !== undefined) columns.push(await profileColumn(source, column, survey, control));
    onProgress?.(surveyShare + ((index + 1) / total) * (1 - surveyShare));
  }
  const rows = surveys[0] === undefined ? 0 : surveys[0].present + surveys[0].missing;
  return { version: 1, sourceHash, disclosureControl: control, rows: disclosedCount(rows, control), columns };
}

async function profileColumn(
  source: ProfileSource,
  column: ColumnSchema,
  survey: ColumnSurvey,
  control: DisclosureControl,
): Promise<ColumnProfile> {
  const { type } = column;
  if (type === 'identifier' || type === 'free-text') return withhold(column, survey, control, type);
  if (isMeasured(type)) return profileMeasured(source, { ...column, type }, survey, control);
  return profileCategories(source, { ...column, type }, survey, control);
}

function withhold(
  { name, type }: ColumnSchema,
  { present, missing }: ColumnSurvey,
  control: DisclosureControl,
  reason: WithheldProfile['reason'],
): WithheldProfile {
  return { kind: 'withheld', name, type, ...disclosePresence(present, missing, control), reason };
}

async function profileMeasured(
  source: ProfileSource,
  column: ColumnSchema & { type: MeasuredType },
  survey: ColumnSurvey,
  control: DisclosureControl,
): Promise<ColumnProfile> {
  const { present, missing, lowest, highest } = survey;
  // With fewer, the two tails would overlap and a bound would rest on too few records.
  if (present < 2 * tailCount(present, control)) return withhold(column, survey, control, 'too-few-values');
  const decimals = column.type === 'number' ? await countDecimals(source, column, control) : 0;
  const input = { count: present, lowest, highest, unit: 1 / 10 ** decimals };
  const { edges, counts } = await buildHistogram(input, control, cellCounter(source, column, column.type));
  return {
    kind: 'numeric',
    name: column.name,
    type: column.type,
    ...disclosePresence(present, missing, control),
    decimals,
    edges,
    counts: counts.map((count) => disclosedCount(count, control)),
  };
}

async function profileCategories(
  source: ProfileSource,
  column: ColumnSchema & { type: 'category' | 'boolean' },
  survey: ColumnSurvey,
  control: DisclosureControl,
): Promise<ColumnProfile> {
  const cell = nameLiteral(column.name);
  const rows = await source.db.query(
    `SELECT ${cell} AS value, count(*) AS count FROM read_parquet(${pathLiteral(source.parquetPath)})
     WHERE NOT (${missingSql(cell, column.missingMarkers)})
     GROUP BY 1 HAVING count(*) >= $floor::BIGINT ORDER BY 2 DESC, 1 LIMIT ${control.categoriesMax}`,
    { floor: control.cellCountMin },
    source.signal,
  );
  const candidates = rows.map(({ value, count }) => ({ value: String(value), count: Number(count) }));
  const pooling = poolCategories(candidates, survey.present, control);
  if (pooling === null) return withhold(column, survey, control, 'too-few-values');
  const categories = pooling.kept.map(({ value, count }) => ({
    value,
    count: disclosedCount(count, control),
  }));
  return {
    kind: 'categorical',
    name: column.name,
    type: column.type,
    ...disclosePresence(survey.present, survey.missing, control),
    // By the published count: the order of the true ones would tell which of two equal counts was larger.
    categories: categories.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    pooledCount: disclosedCount(pooling.pooled, control),
  };
}
