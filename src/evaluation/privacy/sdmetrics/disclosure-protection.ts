import type { Coded } from '../../fidelity/pairs/coded.js';
import type { ComparedVariable } from '../../fidelity/quality/compared-variable.js';
import { rangeOf } from '../../fidelity/variable.js';
import type { ContinuousVariable } from '../../fidelity/variable.js';
import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';

/** What happens to a real record whose key the synthetic table has not: left out, counted as safe, or guessed from the nearest keys. */
export type CapMethod = 'cap' | 'zero_cap' | 'generalized_cap';

export interface DisclosureQuestion {
  /** What an attacker knows. */
  readonly known: readonly ComparedVariable[];
  /** What they want to learn. */
  readonly sensitive: readonly ComparedVariable[];
  /** Continuous columns are cut into this many bins. */
  readonly bins: number;
  readonly method: CapMethod;
}

export interface DisclosureProtection {
  /** 0 to 1. */
  readonly score: Score;
  /** NaN when there is none. */
  readonly protection: number;
  readonly baseline: number;
}

type Side = 'real' | 'synthetic';

/**
 * SDMetrics 0.29 DisclosureProtection: 1 less the mean share of synthetic records of the same key that have a real
 * record's sensitive values (correct attribution probability), in units of what guessing at random would leave.
 */
export function disclosureProtection({
  known,
  sensitive,
  bins,
  method,
}: DisclosureQuestion): DisclosureProtection {
  const codesOf = (variables: readonly ComparedVariable[], side: Side): string[][] =>
    rowTexts(variables, side, bins);
  const real = { keys: codesOf(known, 'real'), values: codesOf(sensitive, 'real') };
  const synthetic = { keys: codesOf(known, 'synthetic'), values: codesOf(sensitive, 'synthetic') };
  const guesses = countByKey(synthetic.keys, synthetic.values);
  const shares = real.keys.flatMap((key, row) => {
    const value = textOf(real.values[row] ?? []);
    const own = guesses.get(textOf(key));
    if (own) return [shareOf([own], value)];
    if (method === 'cap') return [];
    if (method === 'zero_cap') return [0];
    return [shareOf(nearestGuesses(key, guesses), value)];
  });
  const combinations = sensitive.reduce((product, _, at) => {
    const distinct = new Set(real.values.map((cells) => cells[at]));
    return product * distinct.size;
  }, 1);
  const baseline = 1 - 1 / combinations;
  const protection = 1 - shares.reduce((sum, share) => sum + share, 0) / shares.length;
  if (baseline === 0)
    return {
      protection,
      baseline,
      score: noScore('The sensitive columns are constant: there is nothing to learn.'),
    };
  const score = scoreOf(
    Math.min(protection / baseline, 1),
    'No real record has a key of the synthetic table.',
  );
  return { protection, baseline, score };
}

/** Guesses for one key: synthetic records by sensitive values. */
interface Guesses {
  readonly key: readonly string[];
  readonly byValue: Map<string, number>;
  total: number;
}

function countByKey(keys: readonly string[][], values: readonly string[][]): Map<string, Guesses> {
  const found = new Map<string, Guesses>();
  keys.forEach((key, row) => {
    const guesses = found.get(textOf(key)) ?? { key, byValue: new Map<string, number>(), total: 0 };
    const value = textOf(values[row] ?? []);
    guesses.byValue.set(value, (guesses.byValue.get(value) ?? 0) + 1);
    guesses.total += 1;
    found.set(textOf(key), guesses);
  });
  return found;
}

function nearestGuesses(key: readonly string[], guesses: ReadonlyMap<string, Guesses>): Guesses[] {
  let least = Infinity;
  let nearest: Guesses[] = [];
  for (const candidate of guesses.values()) {
    const distance = candidate.key.filter((cell, at) => cell !== key[at]).length;
    if (distance < least) [least, nearest] = [distance, []];
    if (distance === least) nearest.push(candidate);
  }
  return nearest;
}

function shareOf(guesses: readonly Guesses[], value: string): number {
  const [right, all] = guesses.reduce(
    ([matching, total], one) => [matching + (one.byValue.get(value) ?? 0), total + one.total],
    [0, 0],
  );
  return right / all;
}

function textOf(cells: readonly string[]): string {
  return cells.join(' ');
}

function rowTexts(variables: readonly ComparedVariable[], side: Side, bins: number): string[][] {
  const coded = variables.map((variable): Coded => {
    if (variable.kind === 'discrete') return variable.codes[side];
    return rightClosedBins(variable[side], variable.real, bins);
  });
  const rows = coded[0]?.codes.length ?? 0;
  return Array.from({ length: rows }, (_, row) => coded.map(({ codes }) => String(codes[row])));
}

/** pandas' cut on the real range, its ends opened: a value on an edge belongs to the bin below it. */
function rightClosedBins({ values }: ContinuousVariable, real: ContinuousVariable, bins: number): Coded {
  const { low, high } = rangeOf(real) ?? { low: 0, high: 0 };
  const edges = Array.from({ length: bins - 1 }, (_, index) => low + ((high - low) / bins) * (index + 1));
  const codes = Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return bins;
    const at = edges.findIndex((edge) => value <= edge);
    return at < 0 ? bins - 1 : at;
  });
  return { codes, size: bins + 1 };
}
