import { meanOf, standardDeviationOf } from '../../fidelity/columns/statistic-similarity.js';
import { missingCountOf, presentOf } from '../../fidelity/variable.js';
import type { ContinuousVariable, DiscreteVariable, Variable } from '../../fidelity/variable.js';

/** Columns as numbers on one scale, for models that add columns up. */
export interface NumberEncoder {
  /** One name a feature; categories are named by their place in the order of frequency, never by their text. */
  readonly names: readonly string[];
  encode(variables: readonly Variable[]): Float64Array[];
}

/** More categories than these get one feature together. */
const categoriesMax = 20;
/** A value further away says no more than one that is so many standard deviations away, and breaks the arithmetic. */
const spreadsMax = 50;

type Encoded = NumberEncoder['encode'];
interface ColumnEncoder {
  readonly names: readonly string[];
  encode(variable: Variable): Float64Array[];
}

/**
 * Learns how to encode from one table: numbers less their mean in standard deviations (missing: 0, with a feature that
 * says so), categories as 0 and 1, the most frequent being the base. A category that was not learned is the base.
 */
export function numberEncoder(variables: readonly Variable[], names: readonly string[]): NumberEncoder {
  const columns = variables.map((variable, at) =>
    variable.kind === 'continuous'
      ? continuousEncoder(variable, names[at] ?? '')
      : discreteEncoder(variable, names[at] ?? ''),
  );
  const encode: Encoded = (given) =>
    columns.flatMap((column, at) => {
      const variable = given[at];
      return variable ? column.encode(variable) : [];
    });
  return { names: columns.flatMap((column) => column.names), encode };
}

function continuousEncoder(learned: ContinuousVariable, name: string): ColumnEncoder {
  const present = presentOf(learned);
  const mean = present.length === 0 ? 0 : meanOf(present);
  const spread = standardDeviationOf(present);
  const unit = spread > 0 && Number.isFinite(spread) ? spread : 1;
  const scaled = (value: number): number =>
    Number.isNaN(value) ? 0 : Math.max(-spreadsMax, Math.min(spreadsMax, (value - mean) / unit));
  const hasFlag = missingCountOf(learned) > 0;
  return {
    names: hasFlag ? [name, `${name} is missing`] : [name],
    encode: (variable) => {
      const values = variable.kind === 'continuous' ? variable.values : new Float64Array();
      const numbers = values.map(scaled);
      return hasFlag ? [numbers, values.map((value) => (Number.isNaN(value) ? 1 : 0))] : [numbers];
    },
  };
}

/** Stands for a missing cell; no category of a file is this text. */
const missing = '\u0000missing';

export function categoryTexts({ codes, dictionary }: DiscreteVariable): readonly string[] {
  return Array.from(codes, (code) => dictionary[code] ?? missing);
}

/** Categories (and missing) by falling frequency; of equal ones the earlier text. */
export function categoriesByFrequency(variable: DiscreteVariable): string[] {
  const counts = new Map<string, number>();
  for (const text of categoryTexts(variable)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .sort(([one, count], [other, more]) => more - count || (one < other ? -1 : 1))
    .map(([text]) => text);
}

function discreteEncoder(learned: DiscreteVariable, name: string): ColumnEncoder {
  const order = categoriesByFrequency(learned);
  const places = new Map(order.map((text, at) => [text, Math.min(at, categoriesMax)]));
  const featureCount = Math.max(0, Math.min(order.length - 1, categoriesMax));
  const label = (place: number): string =>
    place === categoriesMax ? 'other categories' : `category ${place + 1}`;
  return {
    names: Array.from({ length: featureCount }, (_, at) => `${name}, ${label(at + 1)}`),
    encode: (variable) => {
      const texts = variable.kind === 'discrete' ? categoryTexts(variable) : [];
      const place = Uint8Array.from(texts, (text) => places.get(text) ?? 0);
      return Array.from({ length: featureCount }, (_, at) =>
        Float64Array.from(place, (own) => (own === at + 1 ? 1 : 0)),
      );
    },
  };
}
