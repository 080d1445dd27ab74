import type { Random } from '../../../core/random/random.js';
import { noCells } from '../compared/mixed-table.js';
import type { MixedColumn, MixedTable } from '../compared/mixed-table.js';
import { rankScale } from '../compared/rank-scale.js';

/** What an attacker counts in a synthetic table to find out whether one person was learned from. */
export type TargetFeatures = (synthetic: MixedTable, target: number) => Float64Array;

const subsets = { count: 30, widthMax: 4 };
/** Numbers within 5 % of the population of each other are alike. */
const alike = 0.05;

/**
 * The query-based attack (Houssiau et al., TAPAS, 2022): how many synthetic rows are like the person in random sets of
 * one to four columns, and how many are like them in all, all but one, ... half of the columns. `people` holds the targets and sets the scale of the numbers.
 */
export function targetFeatures(
  columns: readonly MixedColumn[],
  people: MixedTable,
  random: Random,
): TargetFeatures {
  const queries = Array.from({ length: subsets.count }, (_, query) => {
    const width = 1 + Math.floor(subsets.widthMax * random.uniformAt(query));
    const chosen = Array.from({ length: width }, (__, draw) =>
      Math.floor(columns.length * random.uniformAt(query, draw + 1)),
    );
    return [...new Set(chosen)];
  });
  const scales = columns.map(({ kind }, at) =>
    kind === 'category' ? null : rankScale([people.cells[at] ?? noCells]),
  );
  return (synthetic, target) => {
    const matches = columns.map((_, at) => {
      const cells = synthetic.cells[at] ?? noCells;
      return likeCells(cells, (people.cells[at] ?? noCells)[target] ?? NaN, scales[at] ?? null);
    });
    return countQueries(synthetic.rowCount, matches, queries);
  };
}

/** 1 where the cell is like the target's. */
function likeCells(
  cells: Float64Array,
  value: number,
  scale: ((value: number) => number) | null,
): Uint8Array {
  if (Number.isNaN(value)) return Uint8Array.from(cells, (cell) => +Number.isNaN(cell));
  if (scale === null) return Uint8Array.from(cells, (cell) => +(cell === value));
  const place = scale(value);
  return Uint8Array.from(cells, (cell) => +(cell === value || Math.abs(scale(cell) - place) <= alike));
}

function countQueries(
  rows: number,
  matches: readonly Uint8Array[],
  queries: readonly number[][],
): Float64Array {
  const nearlyAll = 1 + (matches.length >> 1);
  const features = new Float64Array(queries.length + nearlyAll);
  for (let row = 0; row < rows; row++) {
    queries.forEach((chosen, query) => {
      if (chosen.every((at) => matches[at]?.[row] === 1)) features[query] = (features[query] ?? 0) + 1;
    });
    let lacking = 0;
    for (const column of matches) lacking += 1 - (column[row] ?? 0);
    for (let most = lacking; most < nearlyAll; most++)
      features[queries.length + most] = (features[queries.length + most] ?? 0) + 1;
  }
  return features;
}
