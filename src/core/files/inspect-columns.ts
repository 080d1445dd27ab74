import type { DateFormat } from '../schema/date-format.js';
import type { NewIdentifier } from '../schema/new-identifier.js';
import type { SemanticType } from '../schema/schema.js';
import { estimateDistinct, readFeatures } from './column-features.js';
import type { ColumnFeatures } from './column-features.js';
import type { DuckDb } from './duckdb.js';
import { evidenceOf } from './evidence-of.js';
import type { CellEvidence } from './evidence-of.js';
import { proposeNewValues } from './propose-new-values.js';
import { proposeType } from './propose-type.js';
import { pathLiteral } from './sql-literal.js';
import { findSuspectedMarkers } from './suspected-markers.js';
import type { SuspectedMarker } from './suspected-markers.js';

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
  /** What the cells look like, with how many of them do. */
  readonly evidence: CellEvidence[];
  /** Numbers that may mean "not known"; they count as values until somebody confirms that they do. */
  readonly suspectedMarkers: SuspectedMarker[];
  /** Of dates that are not written YYYY-MM-DD. */
  readonly dateFormat?: DateFormat;
  /** For identifiers: what new values could look like. */
  readonly regenerate?: NewIdentifier;
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
    const features = await readFeatures(db, parquetPath, request, signal);
    const proposal = propose(features);
    const isNumeric = proposal.type === 'integer' || proposal.type === 'number';
    const suspectedMarkers = isNumeric
      ? (await findSuspectedMarkers(db, parquetPath, features, signal)).filter(
          ({ marker }) => !proposal.missingMarkers.includes(marker),
        )
      : [];
    proposals.push({ ...proposal, suspectedMarkers });
    onProgress?.((index + 1) / names.length);
  }
  return proposals;
}

function propose(found: ColumnFeatures): ColumnProposal {
  const features = minusNineIsMissing(found) ? withoutMinusNine(found) : found;
  const { type, reason, dateFormat } = proposeType(features);
  return {
    name: features.name,
    type,
    missingMarkers: [...features.markers.keys()],
    reason,
    distinctCount: features.distinct,
    missingCount: features.rows - features.present,
    evidence: evidenceOf(features),
    suspectedMarkers: [],
    ...(dateFormat === undefined ? {} : { dateFormat }),
    ...(type === 'identifier' ? { regenerate: proposeNewValues(features) } : {}),
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
