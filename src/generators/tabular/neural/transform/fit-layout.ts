import { fitBayesianMixture } from '../../../../core/distributions/bayesian-mixture.js';
import type { WeightedValues } from '../../../../core/distributions/bayesian-mixture.js';
import { empiricalMarginal } from '../../gaussian-copula/empirical-marginal.js';
import type { PreparedCategories, PreparedColumn, PreparedNumbers } from '../../guards/prepared-column.js';
import type { CategoryLayout, ColumnLayout, NumberEncoding, NumberLayout } from './table-layout.js';

export interface LayoutSettings {
  /** Rows that a mode, an entry or the gaps of a column must have to be learned. */
  readonly floor: number;
  /** The most frequent categories of a column that get an entry of their own. */
  readonly entriesMax: number;
  readonly numbers: NumberEncoding;
}

/** As CTGAN has it: at most ten modes, of a weight above 0.005. */
const mixture = { components: 10, concentration: 0.001, roundsMax: 100, tolerance: 1e-3 };
const modeWeightMin = 0.005;

/** @param rowCount rows of the source, those without a value included */
export function fitColumnLayout(
  column: PreparedColumn,
  rowCount: number,
  settings: LayoutSettings,
): ColumnLayout {
  const gaps = rowCount - column.present.length;
  const missingRows = gaps >= settings.floor || column.present.length === 0 ? gaps : 0;
  return column.kind === 'numbers'
    ? numberLayout(column, missingRows, settings)
    : categoryLayout(column, missingRows, settings);
}

/**
 * The modes of the values, found on the scale of their own standard deviation. A mode that fewer rows than the floor
 * make up is left out: nothing may speak of a few.
 */
function numberLayout(
  column: PreparedNumbers,
  missingRows: number,
  { floor, numbers }: LayoutSettings,
): NumberLayout {
  const { schema, grid, bounds, sorted, common } = column;
  const facts = { kind: 'numbers', name: schema.name, type: schema.type, missingRows, grid, bounds } as const;
  const none = new Float64Array();
  const noModes = { means: none, deviations: none, weights: none };
  if (sorted.length === 0) return { ...facts, marginal: null, ...noModes };
  const isCommon = (value: number): boolean => common.has(value);
  const marginal = empiricalMarginal(sorted, { isCommon, knotRows: floor, bounds });
  if (numbers === 'quantiles') return { ...facts, marginal, ...noModes };
  const { centre, scale } = scaleOf(sorted);
  const { weights, means, deviations } = fitBayesianMixture(distinct(sorted, centre, scale), mixture);
  const greatest = Math.max(...weights);
  const kept = Array.from(weights.keys()).filter((mode) => {
    const weight = weights[mode] ?? 0;
    return weight === greatest || (weight > modeWeightMin && weight * sorted.length >= floor);
  });
  const total = kept.reduce((sum, mode) => sum + (weights[mode] ?? 0), 0);
  return {
    ...{ ...facts, marginal },
    means: Float64Array.from(kept, (mode) => centre + scale * (means[mode] ?? 0)),
    deviations: Float64Array.from(kept, (mode) => scale * (deviations[mode] ?? 0)),
    weights: Float64Array.from(kept, (mode) => (weights[mode] ?? 0) / total),
  };
}

function scaleOf(values: Float64Array): { centre: number; scale: number } {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const deviation = Math.sqrt(squares / values.length);
  return { centre, scale: deviation > 0 ? deviation : 1 };
}

/** More distinct values are joined, equally many rows of neighbours at a time: the modes are of thousands of rows. */
const distinctMax = 1000;

function distinct(sorted: Float64Array, centre: number, scale: number): WeightedValues {
  const values: number[] = [];
  const counts: number[] = [];
  const rowsMin = sorted.length / distinctMax;
  for (let from = 0; from < sorted.length;) {
    let end = from;
    let sum = 0;
    while (end < sorted.length && (end - from < rowsMin || sorted[end] === sorted[end - 1])) {
      sum += sorted[end] ?? 0;
      end += 1;
    }
    values.push((sum / (end - from) - centre) / scale);
    counts.push(end - from);
    from = end;
  }
  return { values: Float64Array.from(values), counts: Float64Array.from(counts) };
}

/** Categories by falling count, so that the shared entry is that of the rarest. */
function categoryLayout(
  column: PreparedCategories,
  missingRows: number,
  { entriesMax }: LayoutSettings,
): CategoryLayout {
  const { schema, dictionary, counts, present } = column;
  const facts = { kind: 'categories', name: schema.name, type: schema.type, missingRows } as const;
  if (present.length === 0) return { ...facts, dictionary: [], counts: new Int32Array(), alone: 0 };
  const order = [...dictionary.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  return {
    ...facts,
    dictionary: order.map((code) => dictionary[code] ?? ''),
    counts: Int32Array.from(order, (code) => counts[code] ?? 0),
    alone: order.length <= entriesMax ? order.length : entriesMax - 1,
  };
}
