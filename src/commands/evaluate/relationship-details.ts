import type { DetailTable } from '../../evaluation/details/detail-table.js';
import {
  cardinalityBoundaryAdherence,
  cardinalityShapeSimilarity,
  referentialIntegrity,
} from '../../evaluation/fidelity/relational/relationship-scores.js';
import { relationshipKeys } from '../../evaluation/fidelity/relational/relationship-keys.js';
import type { LoadedComparison } from './load-comparison.js';

/** Each relationship by itself: means hide the one that is broken. Nothing without relationships. */
export function relationshipDetails({
  tables,
  relationships,
}: Pick<LoadedComparison, 'tables' | 'relationships'>): DetailTable[] {
  if (relationships.length === 0) return [];
  const side = (role: 'real' | 'synthetic'): Parameters<typeof relationshipKeys>[0] =>
    new Map(tables.map((table) => [table.name, table[role]]));
  const rows = relationships.map((one): DetailTable['rows'][number] => {
    const names = [`${one.child}.${one.foreignKey}`, `${one.parent}.${one.parentKey}`];
    const [real, synthetic] = [relationshipKeys(side('real'), one), relationshipKeys(side('synthetic'), one)];
    if ('reason' in real) return [...names, real, real, real];
    if ('reason' in synthetic) return [...names, synthetic, synthetic, synthetic];
    return [
      ...names,
      referentialIntegrity(real, synthetic),
      cardinalityShapeSimilarity(real, synthetic),
      cardinalityBoundaryAdherence(real, synthetic),
    ];
  });
  return [
    {
      section: 'related tables',
      title: 'How the tables belong together',
      note: 'Each relationship by itself (SDMetrics 0.29): the share of keys that name a row, how alike the numbers of rows of a parent are, and the share of parents with a number that occurs in the source.',
      headings: ['Key', 'Names', 'Referential integrity', 'Cardinality shape', 'Cardinality boundaries'],
      rows,
    },
  ];
}
