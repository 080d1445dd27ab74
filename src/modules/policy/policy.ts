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
  readonly checks: Readonly<Record<string, CheckPolicy>>;
}

interface CheckPolicy extends CheckThreshold {
  /** May two people of the audit team let a fail pass? */
  readonly waivable: boolean;
  /** No waiver below this value. */
  readonly floor?: number;
  /** Why this limit, and where it comes from. */
  readonly reason?: string;
}

/** Clocks and switches of the process. Days are calendar days of 24 hours. */
export interface LifecyclePolicy {
  /** An approval that has not led to a publication counts for this long. */
  readonly approvalDays: number;
  readonly releaseDays: Readonly<Record<Tier, number>>;
  readonly mechanismReviewDays: number;
  readonly waiverDaysMax: number;
  /** The lowest severity of an incident that stops downloads at once. */
  readonly suspendFromSeverity: 'LOW' | 'MEDIUM' | 'HIGH';
  /** A release may cite the approval of its mechanism instead of one of its own. HIGH never may. */
  readonly standingApproval: Readonly<Record<'STRUCTURAL' | 'LOW', boolean>>;
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
  readonly lifecycle: LifecyclePolicy;
}

export const POLICY = Symbol('Policy');
