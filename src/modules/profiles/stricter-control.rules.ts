import type { DisclosureControl } from '../../core/profile/profile.js';
import { stricter } from '../../evaluation/disclosure/review/policy-findings.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** Values of the disclosure control that a profile is to be made with instead of the policy's. */
export type StricterControl = Partial<DisclosureControl>;

const rules = Object.keys(stricter) as (keyof DisclosureControl)[];

/** Most that a rule can be asked for, where stricter is higher: beyond these nothing would be left to publish. */
const most = { cellCountMin: 1_000_000, countRounding: 1_000_000, tailShare: 0.25 } as const;

/** A stricter value may come with a request, a laxer one never. The refusal names the first rule that is laxer. */
export function refuseControl(asked: StricterControl, policy: DisclosureControl): Refusal | null {
  for (const rule of rules) {
    const value = asked[rule];
    if (value === undefined) continue;
    const least = rule === 'tailShare' ? 0 : 1;
    const isWhole = rule === 'tailShare' || Number.isInteger(value);
    if (!isWhole || !(value >= least) || value > (rule in most ? most[rule as keyof typeof most] : Infinity))
      return refusal('BAD_PARAMETERS', `${rule} cannot be ${value}.`, rule);
    if (stricter[rule] === 'higher' ? value < policy[rule] : value > policy[rule])
      return refusal(
        'BAD_PARAMETERS',
        `${rule} = ${value} is laxer than the policy's ${policy[rule]}.`,
        rule,
      );
  }
  return null;
}

/** On every rule the stricter of the two. */
export function effectiveControl(policy: DisclosureControl, asked: StricterControl): DisclosureControl {
  const control: { -readonly [Rule in keyof DisclosureControl]: number } = { ...policy };
  for (const rule of rules) {
    const value = asked[rule];
    if (value === undefined) continue;
    control[rule] =
      stricter[rule] === 'higher' ? Math.max(value, policy[rule]) : Math.min(value, policy[rule]);
  }
  return control;
}
