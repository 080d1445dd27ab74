import { buildHistogram, tailCount } from '../../core/profile/histogram.js';
import type { CountCells } from '../../core/profile/histogram.js';
import { poolCategories } from '../../core/profile/pool-categories.js';
import { pooledCategory } from '../../core/profile/profile.js';
import type { DisclosureControl } from '../../core/profile/profile.js';
import { gridPosition } from '../../core/profile/public-grid.js';
import { disclosedCount } from '../../core/profile/disclosed-count.js';
import { countsByCategory } from '../fidelity/columns/shape.js';
import type { ComparedVariable } from '../fidelity/quality/compared-variable.js';
import { presentOf, rangeOf } from '../fidelity/variable.js';

/** Counts of both tables by the bins or categories that disclosure control leaves; counts are rounded. */
export type Distribution =
  | {
      readonly bars: readonly DistributionBar[];
      readonly rows: { readonly real: number; readonly synthetic: number };
    }
  | { readonly bars: null; readonly reason: string };

interface DistributionBar {
  readonly label: string;
  readonly real: number;
  readonly synthetic: number;
}

type Compared<Kind extends ComparedVariable['kind']> = Extract<ComparedVariable, { kind: Kind }>;

const nanosecondsPerDay = 86_400e9;
const tooFew = {
  bars: null,
  reason: 'Too few real values to show any of them under the disclosure control of the policy.',
} as const;
/** More bars than this say no more to a reader. */
const barsMax = 24;

/** `isMoment` says that the numbers are nanoseconds since 1970. */
export async function distributionOf(
  variable: ComparedVariable,
  isMoment: boolean,
  control: DisclosureControl,
): Promise<Distribution> {
  const limits = {
    ...control,
    binsMax: Math.min(control.binsMax, barsMax),
    categoriesMax: Math.min(control.categoriesMax, barsMax),
  };
  return variable.kind === 'discrete'
    ? categoryBars(variable, limits)
    : numberBars(variable, isMoment, limits);
}

function categoryBars({ real, synthetic }: Compared<'discrete'>, control: DisclosureControl): Distribution {
  const counts = countsByCategory(real);
  const present = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const ordered = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
  const pooled = poolCategories(ordered, present, control);
  if (pooled === null) return tooFew;
  const made = countsByCategory(synthetic);
  const total = [...made.values()].reduce((sum, count) => sum + count, 0);
  const bars = pooled.kept.map(({ value, count }) => ({
    label: value,
    real: count,
    synthetic: made.get(value) ?? 0,
  }));
  const others = total - bars.reduce((sum, bar) => sum + bar.synthetic, 0);
  if (pooled.pooled > 0 || others > 0)
    bars.push({ label: pooledCategory, real: pooled.pooled, synthetic: others });
  return disclosed(bars, { real: present, synthetic: total }, control);
}

async function numberBars(
  { real, synthetic }: Compared<'continuous'>,
  isMoment: boolean,
  control: DisclosureControl,
): Promise<Distribution> {
  const sorted = presentOf(real).slice().sort();
  const range = rangeOf(real);
  if (range === null || sorted.length < 2 * tailCount(sorted.length, control)) return tooFew;
  const unit = isMoment ? nanosecondsPerDay : 10 ** -decimalsOf(sorted);
  const { edges, counts } = await buildHistogram(
    { count: sorted.length, lowest: range.low, highest: range.high, unit },
    control,
    countIn(sorted),
  );
  const made = presentOf(synthetic);
  const madeCounts = new Array<number>(counts.length).fill(0);
  for (const value of made) {
    let bin = 0;
    while (bin < counts.length - 1 && value >= (edges[bin + 1] ?? Infinity)) bin += 1;
    madeCounts[bin] = (madeCounts[bin] ?? 0) + 1;
  }
  const bars = counts.map((count, bin) => ({
    label: barLabel(edges, bin, isMoment),
    real: count,
    synthetic: madeCounts[bin] ?? 0,
  }));
  return disclosed(bars, { real: sorted.length, synthetic: made.length }, control);
}

function countIn(sorted: Float64Array): CountCells {
  return (grid, first, last) => {
    const cells = new Map<number, { count: number; onBorder: number }>();
    for (const value of sorted) {
      const position = gridPosition(grid, value);
      // Decimal values lie a rounding error beside the grid points they stand for.
      const nearest = Math.round(position);
      const isPoint = Math.abs(position - nearest) < 1e-6;
      const place = isPoint ? nearest : Math.floor(position);
      const index = Math.max(first, Math.min(last, place));
      const cell = cells.get(index) ?? { count: 0, onBorder: 0 };
      cell.count += 1;
      if (isPoint && place === index) cell.onBorder += 1;
      cells.set(index, cell);
    }
    const found = [...cells].map(([index, cell]) => ({ index, ...cell })).sort((a, b) => a.index - b.index);
    return Promise.resolve(found);
  };
}

const decimalsMax = 6;

function decimalsOf(values: Float64Array): number {
  for (let decimals = 0; decimals < decimalsMax; decimals += 1) {
    const unit = 10 ** decimals;
    const isWritten = (value: number): boolean => Math.abs(Math.round(value * unit) / unit - value) < 1e-9;
    if (values.every(isWritten)) return decimals;
  }
  return decimalsMax;
}

function barLabel(edges: readonly number[], bin: number, isMoment: boolean): string {
  const text = (edge: number): string => (isMoment ? dayText(edge) : String(Number(edge.toPrecision(6))));
  const [low = NaN, high = NaN] = [edges[bin], edges[bin + 1]];
  if (bin === 0 && edges.length === 2) return `about ${text(low)}`;
  if (bin === 0) return `under ${text(high)}`;
  return bin === edges.length - 2 ? `${text(low)} and over` : `${text(low)} to ${text(high)}`;
}

function dayText(nanoseconds: number): string {
  const date = new Date(nanoseconds / 1e6);
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 10);
}

function disclosed(
  bars: readonly DistributionBar[],
  rows: { readonly real: number; readonly synthetic: number },
  control: DisclosureControl,
): Distribution {
  const shown = (count: number): number => disclosedCount(count, control);
  return {
    bars: bars.map(({ label, real, synthetic }) => ({
      label,
      real: shown(real),
      synthetic: shown(synthetic),
    })),
    rows: { real: shown(rows.real), synthetic: shown(rows.synthetic) },
  };
}
