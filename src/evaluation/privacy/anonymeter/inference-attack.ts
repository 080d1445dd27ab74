import { noCells } from '../compared/mixed-table.js';
import type { MixedColumn } from '../compared/mixed-table.js';
import { addGower, smallest } from './gower.js';
import type { GowerSpace } from './gower.js';

export interface InferenceAttack {
  readonly space: GowerSpace;
  /** The attacker knows all of these but the secret. */
  readonly chosen: readonly number[];
  readonly secrets: readonly number[];
  readonly order: Int32Array;
  readonly attacks: number;
  /** For each column how far a guessed date may be from the true one. */
  readonly dateTolerances: Float64Array;
}

/** For each secret how many of the first `attacks` people the nearest synthetic row gives it away for. */
export function inferredSecrets(attack: InferenceAttack): number[] {
  const { space, chosen, secrets, order } = attack;
  const successes = secrets.map(() => 0);
  const sums = new Float64Array(space.references.rowCount);
  for (let person = 0; person < attack.attacks; person++) {
    sums.fill(0);
    for (const at of chosen) addGower(space, at, person, sums, 1);
    secrets.forEach((secret, place) => {
      addGower(space, secret, person, sums, -1);
      const row = smallest(sums, 1, order)[0] ?? -1;
      addGower(space, secret, person, sums, 1);
      const guess = (space.references.cells[secret] ?? noCells)[row] ?? NaN;
      const truth = (space.queries.cells[secret] ?? noCells)[person] ?? NaN;
      const tolerance = attack.dateTolerances[secret] ?? 0;
      if (isRight(space.columns[secret]?.kind ?? 'category', guess, truth, tolerance))
        successes[place] = (successes[place] ?? 0) + 1;
    });
  }
  return successes;
}

/**
 * Categories equal; numbers within 5 % of the guess; dates within the tolerance, since 5 % of a day count since 1970
 * means nothing; two missing cells are equal. Anonymeter divides by the guess with its sign, so there every negative
 * guess is right.
 */
export function isRight(kind: MixedColumn['kind'], guess: number, truth: number, tolerance: number): boolean {
  if (Number.isNaN(guess) || Number.isNaN(truth)) return Number.isNaN(guess) && Number.isNaN(truth);
  if (kind === 'category') return guess === truth;
  const far = Math.abs(guess - truth);
  return kind === 'date' ? far <= tolerance : far / (Math.abs(guess) + 1e-12) <= 0.05;
}
