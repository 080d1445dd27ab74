import type { EvaluationContext } from '../evaluation-context.js';
import type { Measure, Measurement } from '../measure.js';
import { comparedOf, seedOf } from './compared/compared.js';
import type { Compared } from './compared/compared.js';

/** What a privacy check found; lower is better in all of them. */
export type PrivacyFinding = Pick<Measurement, 'value' | 'interval' | 'explanation'>;

interface PrivacyCheck {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly find: (compared: Compared, context: EvaluationContext) => Promise<PrivacyFinding> | PrivacyFinding;
}

/** A check of a candidate against training rows and rows held out, with what its figure was worked out from. */
export function privacyMeasure({ name, title, version, find }: PrivacyCheck): Measure {
  return {
    name,
    title,
    direction: 'lower',
    async run(context) {
      const compared = await comparedOf(context);
      const finding = await find(compared, context);
      const { train, holdout, candidate } = compared.whole;
      const rows = { train: train.rowCount, holdout: holdout.rowCount, candidate: candidate.rowCount };
      return { ...finding, direction: 'lower', basis: { rows, seed: seedOf(context), version } };
    },
  };
}

/** Ends the explanation of every distance test (Yao et al. 2025, "The DCR Delusion", arXiv 2505.01524). */
export const distanceCaveat =
  'A distance test can show that records were copied; it cannot show that none can be recognised.';
