import type { DisclosureControl } from '../../core/profile/profile.js';
import type { CheckThreshold } from '../../evaluation/check.js';
import type { Tier } from '../../generators/generator.js';

export interface RolePolicy {
  readonly role: string;
  readonly description: string;
  readonly may: readonly {
    readonly actions: readonly string[];
    readonly subject: string;
    /** Field values the object must have; "${person.id}" stands for the person who asks. */
    readonly where?: Readonly<Record<string, string>>;
  }[];
}

export interface TierThresholds {
  readonly tier: Tier;
  /** Most rows one request may ask for. */
  readonly rowsMax: number;
  readonly checks: Readonly<Record<string, CheckThreshold>>;
}

/** The rules in force, read once at start. A release records the hash of the policy it met. */
export interface Policy {
  /** SHA-256 over all policy files. */
  readonly hash: string;
  readonly roles: readonly RolePolicy[];
  readonly thresholds: Readonly<Partial<Record<Tier, TierThresholds>>>;
  readonly disclosure: DisclosureControl;
  /** Approvals a release needs, by different people of information governance. */
  readonly approvals: Readonly<Record<Tier, number>>;
}

export const POLICY = Symbol('Policy');
