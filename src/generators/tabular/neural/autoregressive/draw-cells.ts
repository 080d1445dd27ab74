import type { Random } from '../../../../core/random/random.js';
import { createMissingBitmap, markMissing } from '../../../../core/table/missing-bitmap.js';
import type { Column } from '../../../../core/table/table.js';
import { valueCells } from '../../domain/public-domain.js';
import type { AutoregressiveColumn } from './model.js';
import { pointsOfCell, valueOfPoint } from './restricted-cells.js';
import type { Restriction } from './restricted-cells.js';

/** Row i uses uniformAt(i, draw). A new kind of draw gets a new number, so that the old values stay as they are. */
export const draws = { group: 0, cell: 1, value: 2, missing: 3 } as const;

interface Drawing {
  /** The number of the first row. */
  readonly start: number;
  readonly random: Random;
  readonly restriction?: Restriction | undefined;
}

/** Values of the groups, one a row, each cell of a group by its weight and each value of a cell as likely. */
export function drawCells(
  column: AutoregressiveColumn,
  groups: Int32Array,
  { start, random, restriction }: Drawing,
): Column {
  const { domain, type, hiddenMissing } = column;
  const missingCell = domain.mayBeMissing ? valueCells(domain) : -1;
  const missing = createMissingBitmap(groups.length);
  const cells = groups.map((group, offset) => {
    const row = start + offset;
    const isHidden = !restriction && random.uniformAt(row, draws.missing) < hiddenMissing;
    if (isHidden) return missingCell;
    return drawCell(column, group, random.uniformAt(row, draws.cell), restriction);
  });
  for (const [offset, cell] of cells.entries()) if (cell === missingCell) markMissing(missing, offset);
  if (domain.kind === 'categories') {
    const codes = cells.map((cell) => (cell === missingCell ? 0 : cell));
    return { kind: 'category', codes, dictionary: domain.values, missing };
  }
  const values = Float64Array.from(cells, (cell, offset) => {
    if (cell === missingCell) return 0;
    const own = pointsOfCell(domain, cell);
    const first = Math.max(own.first, restriction?.points?.first ?? own.first);
    const last = Math.min(own.last, restriction?.points?.last ?? own.last);
    const uniform = random.uniformAt(start + offset, draws.value);
    return valueOfPoint(domain, Math.min(last, first + Math.floor(uniform * (last - first + 1))));
  });
  if (type === 'date') return { kind: 'date', values: Int32Array.from(values), missing };
  return { kind: type === 'datetime' ? 'datetime' : 'number', values, missing };
}

function drawCell(
  { groups: { starts, cells, cumulative } }: AutoregressiveColumn,
  group: number,
  uniform: number,
  restriction: Restriction | undefined,
): number {
  const [start, end] = [starts[group] ?? 0, starts[group + 1] ?? 0];
  if (end - start === 1) return cells[start] ?? 0;
  if (!restriction) return cells[pickRunning(cumulative, { start, end }, uniform)] ?? 0;
  const weights = Array.from({ length: end - start }, (_, place) => {
    const at = start + place;
    const weight = (cumulative[at] ?? 0) - (place === 0 ? 0 : (cumulative[at - 1] ?? 0));
    return weight * restriction.ofCell(cells[at] ?? 0);
  });
  return cells[start + pickWeighted(weights, uniform)] ?? 0;
}

/** The first place from `start` to before `end` whose running weight reaches the uniform's part of the last one. */
function pickRunning(
  cumulative: Float64Array,
  { start, end }: { readonly start: number; readonly end: number },
  uniform: number,
): number {
  const target = uniform * (cumulative[end - 1] ?? 0);
  let [low, high] = [start, end - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulative[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A place by its weight; the last with any where rounding leaves none. At least one is above 0. */
export function pickWeighted(weights: ArrayLike<number>, uniform: number): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) sum += weights[at] ?? 0;
  let [running, found] = [0, 0];
  for (let at = 0; at < weights.length; at += 1) {
    const weight = weights[at] ?? 0;
    if (weight <= 0) continue;
    found = at;
    running += weight;
    if (uniform * sum < running) break;
  }
  return found;
}
