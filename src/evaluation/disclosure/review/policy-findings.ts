import type { DisclosureControl, Profile } from '../../../core/profile/profile.js';
import type { DisclosureFinding } from './disclosure-finding.js';

/** Which way a rule gets stricter. */
export const stricter = {
  cellCountMin: 'higher',
  countRounding: 'higher',
  tailShare: 'higher',
  binsMax: 'lower',
  categoriesMax: 'lower',
} as const satisfies Record<keyof DisclosureControl, 'higher' | 'lower'>;

/** A profile may be made under stricter rules than the policy's, never under laxer ones. */
export function policyFindings(
  { disclosureControl }: Profile,
  policy: DisclosureControl,
): DisclosureFinding[] {
  const rules = Object.keys(stricter) as (keyof DisclosureControl)[];
  return rules.flatMap((rule): DisclosureFinding[] => {
    const [used, asked] = [disclosureControl[rule], policy[rule]];
    // Written so that a rule that is absent is laxer.
    if (stricter[rule] === 'higher' ? used >= asked : used <= asked) return [];
    const why = `The profile was made with ${rule} = ${used}, which is laxer than the policy's ${asked}.`;
    return [{ rule: 'policy', status: 'fail', column: null, figure: rule, publications: [], why }];
  });
}
