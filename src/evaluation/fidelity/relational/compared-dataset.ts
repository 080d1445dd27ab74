import type { Score } from '../../score.js';
import { compareTable, keyColumnsOf } from '../quality/compared-table.js';
import type { ComparedTable, TablePair } from '../quality/compared-table.js';
import { columnValidity, tableStructure } from '../quality/diagnostic-report.js';
import type { ColumnValidity } from '../quality/diagnostic-report.js';
import type { PairTrend } from '../quality/pair-trend.js';
import { columnShapes, pairTrends } from '../quality/quality-report.js';
import type { ColumnShape } from '../quality/quality-report.js';
import type { Relationship } from '../quality/table-metadata.js';
import type { MissingScore } from '../../score.js';
import { intertableTrends } from './intertable-trends.js';
import type { IntertableTrend } from './intertable-trends.js';
import { relationshipKeys } from './relationship-keys.js';
import type { RelationshipKeys } from './relationship-keys.js';

/** Everything the SDMetrics reports rest on, computed once. */
export interface ComparedDataset {
  readonly tables: readonly ComparedTableFigures[];
  readonly relationships: readonly ComparedRelationship[];
  readonly intertableTrends: readonly IntertableTrend[];
}

interface ComparedTableFigures extends ComparedTable {
  readonly name: string;
  readonly shapes: readonly ColumnShape[];
  readonly trends: readonly PairTrend[];
  readonly validity: readonly ColumnValidity[];
  readonly structure: Score;
}

export interface ComparedRelationship {
  readonly relationship: Relationship;
  readonly keys: { readonly real: RelationshipKeys; readonly synthetic: RelationshipKeys } | MissingScore;
}

/** Compares all tables, their columns, pairs and relationships. Foreign keys are identifiers and not compared. */
export function compareDataset(
  pairs: readonly TablePair[],
  relationships: readonly Relationship[],
  signal?: AbortSignal,
): ComparedDataset {
  const side = (which: 'real' | 'synthetic'): Parameters<typeof intertableTrends>[0] => ({
    tables: new Map(pairs.map((pair) => [pair.name, pair[which]])),
    keyColumns: new Map(pairs.map(({ name, metadata }) => [name, keyColumnsOf(metadata)])),
  });
  const [real, synthetic] = [side('real'), side('synthetic')];
  return {
    tables: pairs.map((pair) => compareOne(pair, signal)),
    relationships: relationships.map((relationship) => {
      const before = relationshipKeys(real.tables, relationship);
      const after = relationshipKeys(synthetic.tables, relationship);
      if ('reason' in before) return { relationship, keys: before };
      if ('reason' in after) return { relationship, keys: after };
      return { relationship, keys: { real: before, synthetic: after } };
    }),
    intertableTrends: relationships.flatMap((one) => {
      signal?.throwIfAborted();
      return intertableTrends(real, synthetic, one);
    }),
  };
}

function compareOne(pair: TablePair, signal?: AbortSignal): ComparedTableFigures {
  const compared = compareTable(pair);
  return {
    ...compared,
    name: pair.name,
    shapes: columnShapes(compared.variables),
    trends: pairTrends(compared.variables, signal),
    validity: columnValidity(pair),
    structure: tableStructure(pair.real, pair.synthetic),
  };
}
