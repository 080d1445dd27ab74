import { epsilonAtOrders } from './sampled-gaussian.js';
import { epsilonOf } from './zcdp.js';

/**
 * Whom the guarantee protects: data sets are neighbours when one has all rows of one subject more than the other.
 * Rows over the bound were left out (`enforced`), or the custodian says that nobody has more (`declared`).
 */
export interface SubjectBound {
  readonly neighbours: 'add-or-remove-a-subject';
  readonly rowsPerSubject: number;
  readonly bound: 'enforced' | 'declared';
}

/** Composes by sum: rho of zCDP, or epsilon of pure differential privacy. Rounded up. */
type PrivacyCost =
  { readonly kind: 'zcdp'; readonly rho: number } | { readonly kind: 'pure'; readonly epsilon: number };

export const mechanisms = [
  'discrete-gaussian',
  'discrete-laplace',
  'exponential',
  /** Discrete Gaussian noise on sums over samples of the subjects, many times. */
  'sampled-gaussian',
] as const;

/** One mechanism that looked at real rows, as the ledger of the source books it. */
export interface LedgerEntry extends SubjectBound {
  readonly mechanism: (typeof mechanisms)[number];
  /** What was asked, such as "counts of 12 columns"; says nothing of the data. */
  readonly purpose: string;
  /** Tables or choices. */
  readonly queries: number;
  /** By how much one subject moves one of them: the L2 and L1 norm of a table of counts, or a score. */
  readonly sensitivity: number;
  readonly cost: PrivacyCost;
  /** The chance with which the mechanism may fail to keep its cost; adds up. */
  readonly delta: number;
  /** Given: rho holds at orders up to this one alone (truncated concentrated differential privacy). */
  readonly ordersMax?: number;
}

/** What may be said to somebody in the data about several mechanisms together. */
export interface PrivacyGuarantee {
  readonly epsilon: number;
  readonly delta: number;
}

/**
 * The guarantee of all entries together at `delta`. Pure entries count as epsilon^2 / 2 of rho beside zCDP; alone they
 * need no delta. Entries with different subject bounds have no common guarantee.
 * @throws {RangeError} when bounds differ, or when `delta` is not above what the entries themselves use of it
 */
export function composedGuarantee(entries: readonly LedgerEntry[], delta: number): PrivacyGuarantee {
  const [first] = entries;
  if (first === undefined) return { epsilon: 0, delta: 0 };
  if (entries.some(({ rowsPerSubject }) => rowsPerSubject !== first.rowsPerSubject))
    throw new RangeError('Entries with different bounds of rows per subject have no common guarantee.');
  const ownDelta = entries.reduce((sum, entry) => sum + entry.delta, 0);
  const pure = pureEpsilonOf(entries);
  const rho = entries.reduce((sum, { cost }) => sum + rhoOfCost(cost), 0);
  if (pure !== null && delta <= ownDelta) {
    if (delta < ownDelta) throw new RangeError(`The entries alone use a delta of ${ownDelta}.`);
    return { epsilon: pure, delta: ownDelta };
  }
  if (!(delta > ownDelta)) throw new RangeError(`The entries alone use a delta of ${ownDelta}.`);
  const ordersMax = Math.min(...entries.map((entry) => entry.ordersMax ?? Infinity));
  const own = { rho, delta: delta - ownDelta };
  const epsilon = ordersMax === Infinity ? epsilonOf(own) : epsilonAtOrders(rho, { ...own, ordersMax });
  if (pure !== null && pure <= epsilon) return { epsilon: pure, delta: ownDelta };
  return { epsilon, delta };
}

function pureEpsilonOf(entries: readonly LedgerEntry[]): number | null {
  let sum = 0;
  for (const { cost } of entries) {
    if (cost.kind !== 'pure') return null;
    sum += cost.epsilon;
  }
  return sum;
}

function rhoOfCost(cost: PrivacyCost): number {
  return cost.kind === 'zcdp' ? cost.rho : cost.epsilon ** 2 / 2;
}
