import type { LedgerEntry as Booking } from '../../core/privacy/ledger-entry.js';
import { epsilonOf, rhoOf } from '../../core/privacy/zcdp.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** (epsilon, delta) of differential privacy. */
interface Guarantee {
  readonly epsilon: number;
  readonly delta: number;
}

/** What a model with differential privacy costs any one subject; rho is the amount that adds up. */
export interface PrivacyCost extends Guarantee {
  readonly rho: number;
}

/** What is lost to the last digits of a sum of doubles. */
const roundingShare = 1e-12;

/** A pure guarantee (delta 0) is epsilon^2 / 2 of rho: Bun and Steinke, TCC 2016, proposition 1.4. */
export function costOf({ epsilon, delta }: Guarantee): PrivacyCost {
  const rho = delta === 0 ? epsilon ** 2 / 2 : rhoOf({ epsilon, delta });
  return { epsilon, delta, rho };
}

/** Is that much left of the budget? `spentRho`: of everything reserved or spent so far. */
export function refuseSpending(spentRho: number, cost: PrivacyCost, budget: Guarantee): Refusal | null {
  const most = rhoOf(budget);
  if (spentRho + cost.rho <= most * (1 + roundingShare)) return null;
  const left = epsilonLeft(spentRho, budget);
  const message =
    `The privacy budget of this source (epsilon ${budget.epsilon} at delta ${budget.delta}) does not allow this model: ` +
    `it has about epsilon ${left.toPrecision(3)} left, and what is spent does not come back.`;
  return refusal('BUDGET_EXCEEDED', message, 'parameters');
}

/** The epsilon of everything spent, at the delta of the budget. */
export function epsilonSpent(spentRho: number, { delta }: Guarantee): number {
  return epsilonOf({ rho: spentRho, delta });
}

/** The epsilon that one more model could have, at the delta of the budget. */
export function epsilonLeft(spentRho: number, budget: Guarantee): number {
  const left = rhoOf(budget) - spentRho;
  return left <= 0 ? 0 : epsilonOf({ rho: left, delta: budget.delta });
}

/** What the entries of a source leave of its budget. A reservation counts against it as what is spent does. */
export function budgetAfter(
  entries: readonly { readonly state: 'RESERVED' | 'SPENT'; readonly rho: number }[],
  budget: Guarantee,
): { readonly epsilonSpent: number; readonly epsilonReserved: number; readonly epsilonLeft: number } {
  const rhoOfAll = (state: 'RESERVED' | 'SPENT'): number =>
    entries.filter((entry) => entry.state === state).reduce((sum, { rho }) => sum + rho, 0);
  const [spent, reserved] = [rhoOfAll('SPENT'), rhoOfAll('RESERVED')];
  return {
    epsilonSpent: epsilonSpent(spent, budget),
    epsilonReserved: epsilonSpent(reserved, budget),
    epsilonLeft: epsilonLeft(spent + reserved, budget),
  };
}

/** Did the work ask for no more than was reserved for it? */
export function isWithin(reservedRho: number, booked: readonly Booking[]): boolean {
  const rho = booked.reduce((sum, { cost }) => sum + (cost.kind === 'zcdp' ? cost.rho : 0), 0);
  const pure = booked.reduce((sum, { cost }) => sum + (cost.kind === 'pure' ? cost.epsilon : 0), 0);
  return rho + pure ** 2 / 2 <= reservedRho * (1 + roundingShare);
}
