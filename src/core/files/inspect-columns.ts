import type { SemanticType } from '../schema/schema.js';
import { estimateDistinct, readFeatures } from './column-features.js';
import type { ColumnFeatures } from './column-features.js';
import type { DuckDb } from './duckdb.js';
import { proposeType } from './propose-type.js';
import { pathLiteral } from './sql-literal.js';

/** What we take a column to be, for a person to confirm or correct. */
export interface ColumnProposal {
  readonly name: string;
  readonly type: SemanticType;
  /** Cell texts that occur and probably mean "not known". */
  readonly missingMarkers: string[];
  /** One sentence; it quotes no cell. */
  readonly reason: string;
  /** Different texts among the cells that are not missing. */
  readonly distinctCount: number;
  readonly missingCount: number;
}

export interface InspectOptions {
  /** Share of the work done, from 0 to 1, never falling. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Proposes a type and missing markers for every column of a Parquet file of text cells, from all its rows. */
export async function inspectColumns(
  db: DuckDb,
  parquetPath: string,
  options: InspectOptions = {},
): Promise<ColumnProposal[]> {
  const { onProgress, signal } = options;
  const described = await db.query(
    `DESCRIBE SELECT * FROM read_parquet(${pathLiteral(parquetPath)})`,
    {},
    signal,
  );
  const names = described.map((row) => String(row['column_name']));
  const estimates = await estimateDistinct(db, parquetPath, names, signal);
  const proposals: ColumnProposal[] = [];
  for (const [index, name] of names.entries()) {
    const request = { name, distinctEstimate: estimates[index] ?? Infinity };
    proposals.push(propose(await readFeatures(db, parquetPath, request, signal)));
    onProgress?.((index + 1) / names.length);
  }
  return proposals;
}

function propose(found: ColumnFeatures): ColumnProposal {
  const features = minusNineIsMissing(found) ? withoutMinusNine(found) : found;
  const { type, reason } = proposeType(features);
  return {
    name: features.name,
    type,
    missingMarkers: [...features.markers.keys()],
    reason,
    distinctCount: features.distinct,
    missingCount: features.rows - features.present,
  };
}

/** -9 is offered only where it can hardly be a value: the one negative among whole numbers, and not just once. */
function minusNineIsMissing({ integers, present, negatives, minusNines }: ColumnFeatures): boolean {
  return integers === present && minusNines >= 2 && negatives === minusNines && minusNines <= present / 2;
}

function withoutMinusNine(features: ColumnFeatures): ColumnFeatures {
  const { present, integers, numbers, distinct, minusNines, markers } = features;
  return {
    ...features,
    present: present - minusNines,
    integers: integers - minusNines,
    numbers: numbers - minusNines,
    distinct: distinct - 1,
    negatives: 0,
    minusNines: 0,
    markers: new Map([...markers, ['-9', minusNines]]),
  };
}
