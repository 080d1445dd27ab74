import { normalMass, truncatedNormalQuantile } from '../../../core/distributions/truncated-normal.js';
import type { Condition } from '../../generator.js';
import { snapInside } from '../guards/tail-bounds.js';
import { scoreOf, valueOfScore } from './score-scale.js';
import type { CategoriesLaw, ForestColumn, LeafEntries, NumbersLaw } from './model.js';

interface Span {
  readonly low: number;
  readonly high: number;
}

const everything: Span = { low: -Infinity, high: Infinity };

/** The probability of what is known of a cell, in a leaf; 1 where nothing is known. */
export function leafMass(column: ForestColumn, leaf: number, known: Condition | undefined): number {
  if (known === undefined) return 1;
  const missing = column.missing[leaf] ?? 0;
  if (known === null) return missing;
  const { values } = column;
  if (values.kind === 'categories') return (1 - missing) * shareOfCategory(values, leaf, known);
  if (typeof known === 'string') return 0;
  const span = typeof known === 'number' ? { low: known, high: known } : known;
  const all = atomRows(values, leaf, everything) + (values.others[leaf] ?? 0);
  if (all === 0) return 0;
  const within = atomRows(values, leaf, span) + (values.others[leaf] ?? 0) * shareWithin(values, leaf, span);
  return ((1 - missing) * within) / all;
}

function shareOfCategory({ dictionary, entries }: CategoriesLaw, leaf: number, known: Condition): number {
  const code = typeof known === 'string' ? dictionary.indexOf(known) : -1;
  let [own, all] = [0, 0];
  for (let at = entries.starts[leaf] ?? 0; at < (entries.starts[leaf + 1] ?? 0); at += 1) {
    all += entries.counts[at] ?? 0;
    if (entries.places[at] === code) own += entries.counts[at] ?? 0;
  }
  return all === 0 ? 0 : own / all;
}

/** The code of a category of the leaf. @param uniform in (0, 1) */
export function drawCategory({ entries }: CategoriesLaw, leaf: number, uniform: number): number {
  return entries.places[pickEntry(entries, leaf, uniform * countIn(entries, leaf)).at] ?? 0;
}

/** A number of the leaf within the span, on the grid. @param uniform in (0, 1) */
export function drawLeafNumber(
  law: NumbersLaw,
  leaf: number,
  uniform: number,
  span: Span = everything,
): number {
  const { atoms, others, grid, bounds } = law;
  const ofAtoms = atomRows(law, leaf, span);
  const ofOthers = (others[leaf] ?? 0) * shareWithin(law, leaf, span);
  const target = uniform * (ofAtoms + ofOthers);
  if (target < ofAtoms) return atoms[pickAtom(law, leaf, target, span)] ?? 0;
  const rest = ofOthers > 0 ? (target - ofAtoms) / ofOthers : 0.5;
  const { low, high } = cut(law, leaf, span);
  const ends = { low: Math.max(bounds.low, span.low), high: Math.min(bounds.high, span.high) };
  return snapInside(grid, ends, valueOfScore(law.scale, quantile(law, leaf, { low, high }, rest)));
}

/** Scores of what is rounded to a value of the span: half a step of the grid more at both ends. */
function cut({ grid, scale, low, high }: NumbersLaw, leaf: number, span: Span): Span {
  const half = grid.step / 10 ** grid.decimals / 2;
  return {
    low: Math.max(low[leaf] ?? 0, scoreOf(scale, span.low - half)),
    high: Math.min(high[leaf] ?? 0, scoreOf(scale, span.high + half)),
  };
}

function shareWithin(law: NumbersLaw, leaf: number, span: Span): number {
  const own = { low: law.low[leaf] ?? 0, high: law.high[leaf] ?? 0 };
  const { low, high } = cut(law, leaf, span);
  if (low > high) return 0;
  if (own.low === own.high) return 1;
  const [mean, spread] = [law.mean[leaf] ?? 0, law.spread[leaf] ?? 0];
  if (spread === 0) return (high - low) / (own.high - own.low);
  const whole = normalMass((own.low - mean) / spread, (own.high - mean) / spread);
  return whole > 0 ? normalMass((low - mean) / spread, (high - mean) / spread) / whole : 0;
}

function quantile(law: NumbersLaw, leaf: number, { low, high }: Span, uniform: number): number {
  const [mean, spread] = [law.mean[leaf] ?? 0, law.spread[leaf] ?? 0];
  if (spread === 0) return low + uniform * (high - low);
  const ends = { low: (low - mean) / spread, high: (high - mean) / spread };
  return mean + spread * truncatedNormalQuantile(ends, uniform);
}

function atomRows({ atoms, entries }: NumbersLaw, leaf: number, { low, high }: Span): number {
  let rows = 0;
  for (let at = entries.starts[leaf] ?? 0; at < (entries.starts[leaf + 1] ?? 0); at += 1) {
    const value = atoms[entries.places[at] ?? 0] ?? NaN;
    if (value >= low && value <= high) rows += entries.counts[at] ?? 0;
  }
  return rows;
}

function pickAtom({ atoms, entries }: NumbersLaw, leaf: number, target: number, { low, high }: Span): number {
  let rows = 0;
  let found = 0;
  for (let at = entries.starts[leaf] ?? 0; at < (entries.starts[leaf + 1] ?? 0); at += 1) {
    const place = entries.places[at] ?? 0;
    const value = atoms[place] ?? NaN;
    if (!(value >= low && value <= high)) continue;
    rows += entries.counts[at] ?? 0;
    found = place;
    if (target < rows) break;
  }
  return found;
}

function countIn({ starts, counts }: LeafEntries, leaf: number): number {
  return counts.subarray(starts[leaf], starts[leaf + 1]).reduce((sum, count) => sum + count, 0);
}

function pickEntry({ starts, counts }: LeafEntries, leaf: number, target: number): { at: number } {
  let rows = 0;
  const end = (starts[leaf + 1] ?? 0) - 1;
  for (let at = starts[leaf] ?? 0; at < end; at += 1) {
    rows += counts[at] ?? 0;
    if (target < rows) return { at };
  }
  return { at: end };
}
