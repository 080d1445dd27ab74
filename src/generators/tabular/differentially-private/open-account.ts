import type { Noise } from '../../../core/privacy/noise.js';
import { PrivacyAccount } from '../../../core/privacy/privacy-account.js';
import { unitsRoundedDown } from '../../../core/privacy/privacy-units.js';
import { rhoOf } from '../../../core/privacy/zcdp.js';
import type { PrivateParameters } from './private-parameters.js';

/** More than what the conversion to rho can be off by. */
const conversionMargin = 1 - 1e-9;

/**
 * Counts rho, or pure epsilon where the parameters allow no delta.
 * @param ownDelta of the delta, for mechanisms that may fail themselves
 */
export function openAccount(parameters: PrivateParameters, ownDelta: number, noise: Noise): PrivacyAccount {
  const { epsilon, delta, rowsPerSubject, subject } = parameters;
  const isPure = delta === 0;
  const amount = isPure ? epsilon : rhoOf({ epsilon, delta: delta - ownDelta }) * conversionMargin;
  return new PrivacyAccount({
    kind: isPure ? 'pure' : 'zcdp',
    budget: unitsRoundedDown(amount),
    subjects: {
      neighbours: 'add-or-remove-a-subject',
      rowsPerSubject,
      bound: subject === null ? 'declared' : 'enforced',
    },
    noise,
  });
}
