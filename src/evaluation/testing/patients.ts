import { Random } from '../../core/random/random.js';
import type { Column } from '../../core/table/table.js';
import { categories, numbers } from './columns.js';

export interface PatientsOptions {
  readonly rows: number;
  readonly seed: string;
  /** Outcome and stay have nothing to do with the rest. */
  readonly isShuffled?: boolean;
}

/** Patients whose outcome, and whose stay, follow from age and pressure; sex and ward are of no account. */
export function patients({ rows, seed, isShuffled = false }: PatientsOptions): Record<string, Column> {
  const random = Random.fromSeed(seed);
  const draw = (name: string): number[] => {
    const stream = random.fork(name);
    return Array.from({ length: rows }, () => stream.uniform());
  };
  const age = draw('age').map((share) => Math.round(20 + 60 * share));
  const pressure = draw('pressure').map((share, row) => Math.round(80 + (age[row] ?? 0) / 2 + 40 * share));
  const risk = age.map(
    (years, row) => 1 / (1 + Math.exp(-(years - 50) / 8 - ((pressure[row] ?? 0) - 125) / 10)),
  );
  const [forOutcome, forStay] = isShuffled ? [draw('other'), draw('another')] : [risk, risk];
  const outcome = draw('outcome').map((share, row) => (share < (forOutcome[row] ?? 0) ? 'died' : 'lived'));
  const stay = draw('stay').map((share, row) => 2 + 10 * (forStay[row] ?? 0) + 3 * share);
  return {
    age: numbers(age),
    pressure: numbers(pressure),
    sex: categories(draw('sex').map((share) => (share < 0.5 ? 'F' : 'M'))),
    ward: categories(draw('ward').map((share) => `ward ${Math.floor(4 * share)}`)),
    outcome: categories(outcome),
    stay: numbers(stay),
  };
}
