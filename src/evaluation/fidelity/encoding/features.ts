import { meanOf, standardDeviationOf } from '../columns/statistic-similarity.js';
import type { ComparedVariable } from '../quality/compared-variable.js';
import { missingCountOf, presentOf } from '../variable.js';
import type { ContinuousVariable } from '../variable.js';

/** One number a row in both tables. */
export interface Feature {
  readonly name: string;
  readonly real: Float64Array;
  readonly synthetic: Float64Array;
}

/** More categories than these get one feature together. */
const categoriesMax = 20;

/**
 * The columns as numbers on one scale, that of the real table: numbers less the real mean in real standard deviations
 * (missing: 0, with a feature that says so), categories as 0 and 1, the most frequent one being the base. Features that
 * are constant in both tables are left out.
 */
export function featuresOf(variables: readonly ComparedVariable[]): Feature[] {
  const features = variables.flatMap((variable) =>
    variable.kind === 'continuous' ? continuousFeatures(variable) : discreteFeatures(variable),
  );
  return features.filter(({ real, synthetic }) => varies(real, synthetic));
}

function continuousFeatures({
  name,
  real,
  synthetic,
}: Extract<ComparedVariable, { kind: 'continuous' }>): Feature[] {
  const present = presentOf(real);
  const mean = present.length === 0 ? 0 : meanOf(present);
  const spread = standardDeviationOf(present);
  const unit = spread > 0 && Number.isFinite(spread) ? spread : 1;
  // A value a thousand standard deviations away says no more than one that is fifty away, and breaks the arithmetic.
  const scaled = ({ values }: ContinuousVariable): Float64Array =>
    values.map((value) => (Number.isNaN(value) ? 0 : Math.max(-50, Math.min(50, (value - mean) / unit))));
  const feature = { name, real: scaled(real), synthetic: scaled(synthetic) };
  if (missingCountOf(real) === 0 && missingCountOf(synthetic) === 0) return [feature];
  const flag = ({ values }: ContinuousVariable): Float64Array =>
    values.map((value) => (Number.isNaN(value) ? 1 : 0));
  return [feature, { name: `${name} is missing`, real: flag(real), synthetic: flag(synthetic) }];
}

function discreteFeatures({ name, codes }: Extract<ComparedVariable, { kind: 'discrete' }>): Feature[] {
  const counts = new Float64Array(codes.real.size);
  for (const side of [codes.real, codes.synthetic])
    for (const code of side.codes) counts[code] = (counts[code] ?? 0) + 1;
  const order = [...counts.keys()]
    .filter((code) => (counts[code] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const named = order.slice(1, categoriesMax);
  const rest = new Set(order.slice(categoriesMax));
  const feature = (label: string, has: (code: number) => boolean): Feature => ({
    name: `${name}, ${label}`,
    real: Float64Array.from(codes.real.codes, (code) => (has(code) ? 1 : 0)),
    synthetic: Float64Array.from(codes.synthetic.codes, (code) => (has(code) ? 1 : 0)),
  });
  const features = named.map((wanted, place) => feature(`category ${place + 2}`, (code) => code === wanted));
  return rest.size === 0 ? features : [...features, feature('other categories', (code) => rest.has(code))];
}

function varies(real: Float64Array, synthetic: Float64Array): boolean {
  const first = real[0] ?? synthetic[0];
  return real.some((value) => value !== first) || synthetic.some((value) => value !== first);
}
