import type { Check } from '../../evaluation/check.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { msPerDay } from '../../core/time/units.js';

/** How many different people it takes to let one failed check pass. */
export const waiversNeeded = 2;

export interface WaiverProposal {
  readonly personId: string;
  readonly checkNames: readonly string[];
  readonly expiresAt: Date;
}

export interface GivenWaiver {
  readonly personId: string;
  readonly checkName: string;
  readonly expiresAt: Date;
}

export interface WaiverFacts {
  readonly checks: readonly Check[];
  /** What the policy says of each check. */
  readonly policies: Readonly<Record<string, { readonly waivable: boolean; readonly floor?: number }>>;
  readonly given: readonly GivenWaiver[];
  readonly now: Date;
  readonly waiverDaysMax: number;
}

/** Only what failed, may be waived by policy and is not below its floor; never what did not run. */
export function refuseWaiver(proposal: WaiverProposal, facts: WaiverFacts): Refusal | null {
  if (proposal.checkNames.length === 0) return refusal('INCOMPLETE', 'Name the checks to waive.', 'checks');
  const lasts = proposal.expiresAt.getTime() - facts.now.getTime();
  if (!(lasts > 0 && lasts <= facts.waiverDaysMax * msPerDay)) {
    const message = `A waiver ends within ${facts.waiverDaysMax} days from now.`;
    return refusal('INCOMPLETE', message, 'expiresAt');
  }
  for (const name of proposal.checkNames) {
    const refused = refuseCheck(name, facts) ?? refuseRepeat(name, proposal.personId, facts.given);
    if (refused) return refused;
  }
  return null;
}

function refuseCheck(
  name: string,
  { checks, policies }: Pick<WaiverFacts, 'checks' | 'policies'>,
): Refusal | null {
  const check = checks.find((one) => one.name === name);
  if (check?.status !== 'fail') return refusal('NOT_WAIVABLE', `The check "${name}" has not failed.`, name);
  const policy = Object.hasOwn(policies, name) ? policies[name] : undefined;
  if (!policy?.waivable || policy.floor === undefined) {
    return refusal('NOT_WAIVABLE', `The policy lets nobody waive the check "${name}".`, name);
  }
  if (check.value === null) return refusal('NOT_WAIVABLE', `The check "${name}" did not run.`, name);
  const sign = check.direction === 'higher' ? 1 : -1;
  if (sign * check.value >= sign * policy.floor) return null;
  return refusal(
    'NOT_WAIVABLE',
    `"${name}" is beyond the floor of ${policy.floor} that no waiver passes.`,
    name,
  );
}

function refuseRepeat(name: string, personId: string, given: readonly GivenWaiver[]): Refusal | null {
  const isRepeat = given.some((waiver) => waiver.checkName === name && waiver.personId === personId);
  if (!isRepeat) return null;
  return refusal('ALREADY_DECIDED', `You have waived "${name}" already; another person has to.`, name);
}

/** A waiver does not count any longer once its giver declared a conflict of interest. */
export const withoutRecused = <Given extends { readonly personId: string }>(
  given: readonly Given[],
  { recusedIds }: { readonly recusedIds: readonly string[] },
): Given[] => given.filter(({ personId }) => !recusedIds.includes(personId));

/**
 * Which waivers count for the same candidate when its checks have run again: those that last, for a check that failed
 * again, that the policy of now lets people waive, above its floor of now, and with a figure no worse than the
 * one that was waived: what is worse, nobody has looked at.
 */
export function stillWaiving<Given extends GivenWaiver>(
  given: readonly Given[],
  waivedValueOf: (waiver: Given) => number | null,
  facts: Pick<WaiverFacts, 'checks' | 'policies' | 'now'>,
): Given[] {
  return given.filter((waiver) => {
    const { checkName, expiresAt } = waiver;
    if (expiresAt <= facts.now || refuseCheck(checkName, facts) !== null) return false;
    const check = facts.checks.find(({ name }) => name === checkName);
    const waived = waivedValueOf(waiver);
    const sign = check?.direction === 'higher' ? 1 : -1;
    return waived !== null && sign * (check?.value ?? Number.NaN) >= sign * waived;
  });
}

/** Has every failed check been waived by enough different people, and is each waiver still good? */
export function isWaived(checks: readonly Check[], given: readonly GivenWaiver[], now: Date): boolean {
  const failed = checks.filter(({ status }) => status === 'fail');
  // An evaluation that failed without a failed check to name, such as one with no checks at all, cannot be waived.
  if (failed.length === 0) return false;
  return failed.every(({ name }) => {
    const live = given.filter((waiver) => waiver.checkName === name && waiver.expiresAt > now);
    return new Set(live.map(({ personId }) => personId)).size >= waiversNeeded;
  });
}
