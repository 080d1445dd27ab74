import type { Compared, TableName } from '../compared/compared.js';
import { noCells } from '../compared/mixed-table.js';
import { rankScale } from '../compared/rank-scale.js';

/** What an attacker may know of a person: numbers to the nearest tenth of the population, everything else exactly. */
export interface BinnedTables {
  /** Whole numbers below `levels`, by column; a missing cell has a level of its own. */
  readonly cells: Readonly<Record<TableName, readonly Int32Array[]>>;
  readonly levels: readonly number[];
}

const bins = 10;

export function binTables({ columns, sampled }: Compared): BinnedTables {
  const scales = columns.map(({ kind }, at) =>
    kind === 'category'
      ? null
      : rankScale([sampled.train.cells[at] ?? noCells, sampled.holdout.cells[at] ?? noCells]),
  );
  const levels = columns.map((column, at) => (scales[at] === null ? column.levels : bins) + 1);
  const binned = (name: TableName): Int32Array[] =>
    columns.map((_, at) => {
      const [scale, missing] = [scales[at] ?? null, (levels[at] ?? 1) - 1];
      return Int32Array.from(sampled[name].cells[at] ?? noCells, (cell) => {
        if (Number.isNaN(cell)) return missing;
        return scale === null ? cell : Math.min(bins - 1, Math.floor(bins * scale(cell)));
      });
    });
  const cells = { train: binned('train'), holdout: binned('holdout'), candidate: binned('candidate') };
  return { cells, levels };
}

/** The combination of the chosen columns as one number; exact up to 2^53 combinations. */
export function keysOf(
  { cells, levels }: BinnedTables,
  name: TableName,
  chosen: readonly number[],
): Float64Array {
  const keys = new Float64Array(cells[name][0]?.length ?? 0);
  for (const at of chosen) {
    const column = cells[name][at];
    for (let row = 0; row < keys.length; row++)
      keys[row] = (keys[row] ?? 0) * (levels[at] ?? 1) + (column?.[row] ?? 0);
  }
  return keys;
}

export function countKeys(keys: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Different sets of at most `width` columns, drawn at random, none of them with the column `without`. */
export function drawKeySets(
  { columns, random }: Compared,
  { sets, width, without }: { readonly sets: number; readonly width: number; readonly without?: number },
): number[][] {
  const stream = random.fork(`key sets without ${without ?? 'none'}`);
  const others = columns.flatMap((_, at) => (at === without ? [] : [at]));
  const found = new Map<string, number[]>();
  for (let attempt = 0; attempt < 10 * sets && found.size < sets; attempt++) {
    const ranked = others.map((at) => ({ at, key: stream.uniformAt(at, attempt) }));
    ranked.sort((a, b) => a.key - b.key);
    const chosen = ranked
      .slice(0, width)
      .map(({ at }) => at)
      .sort((a, b) => a - b);
    if (chosen.length > 0) found.set(chosen.join(), chosen);
  }
  return [...found.values()];
}
