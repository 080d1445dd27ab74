import type { WorkingCalendar } from '../../core/time/working-days.js';
import type { DisclosureControl } from '../../core/profile/profile.js';
import type { CheckThreshold } from '../../evaluation/check.js';
import type { TableRules } from '../../evaluation/disclosure/tables/table-rules.js';
import type { EvaluationPolicy } from '../../evaluation/report/evaluation-policy.js';
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
  /** Demanded as well where the request declares what they look at. */
  readonly declaredChecks: Readonly<Record<string, CheckPolicy>>;
}

/** Of data that are simulated by clinical rules, whatever the tier says of other data. */
export interface RulesThresholds {
  /** Most persons one request may ask for. */
  readonly personsMax: number;
  readonly checks: Readonly<Record<string, CheckPolicy>>;
}

export interface CheckPolicy extends CheckThreshold {
  /** May two people of the audit team let a fail pass? */
  readonly waivable: boolean;
  /** No waiver below this value. */
  readonly floor?: number;
}

/** Clocks and switches of the process. Days are calendar days of 24 hours. */
export interface LifecyclePolicy {
  /** An approval that has not led to a publication counts for this long. */
  readonly approvalDays: number;
  readonly releaseDays: Readonly<Record<Tier, number>>;
  /** How often the generation of one request may be started: whoever tries often enough finds a candidate that passes. */
  readonly attemptsMax: Readonly<Record<Tier, number>>;
  /** So long after its checks ran last a published release is checked again. */
  readonly reauditDays: Readonly<Record<Tier, number>>;
  readonly mechanismReviewDays: number;
  readonly waiverDaysMax: number;
  /** The lowest severity of an incident that stops downloads at once. */
  readonly suspendFromSeverity: 'LOW' | 'MEDIUM' | 'HIGH';
  /** A release may cite the approval of its mechanism instead of one of its own. HIGH never may. */
  readonly standingApproval: Readonly<Record<'STRUCTURAL' | 'LOW', boolean>>;
}

/** Access to releases of tier HIGH. */
export interface AccessPolicy {
  /** The version of the terms in force: licences/<version>.md. */
  readonly licence: string;
  readonly grantDaysMax: number;
  /** How long a link to a file can be used. */
  readonly linkMinutes: number;
  /** By what a release is opened as FHIR: anything that its reader signs in with, or only what a backend client was given. */
  readonly fhirDoor: Readonly<Record<Tier, 'SIGN_IN' | 'BACKEND_CLIENT'>>;
  /** Whether releases of a tier may be delivered to FHIR servers. HIGH never may: a server has no grant, training or terms. */
  readonly delivery: Readonly<Record<Tier, boolean>>;
  readonly refereeTokenHours: number;
  /** Mails to the referee of one application, and the least time between two. */
  readonly refereeMailsMax: number;
  readonly refereeMailMinutes: number;
  /** After so many days without an answer of the referee the application lapses. */
  readonly refereeDays: number;
  /** So long before its end the holder of a grant is told. */
  readonly noticeDays: number;
  /** So long after the end the note and the confirmation of destruction are due, with a reminder every so often. */
  readonly noteDays: number;
  readonly reminderDays: number;
  /** Domains of e-mail addresses of recognised institutions, such as "ac.uk". */
  readonly institutionalDomains: readonly string[];
  /** How long a certificate of each kind counts at most. */
  readonly trainingDaysMax: Readonly<
    Record<'NHS_DATA_SECURITY_AWARENESS' | 'CITI_DATA_OR_SPECIMENS_ONLY_RESEARCH', number>
  >;
}

/** The terms of use, as people accept them. */
export interface Licence {
  readonly version: string;
  readonly text: string;
  /** SHA-256 of the text. */
  readonly hash: string;
}

/** States in which a request waits for a person, who is reminded. */
export const timedStates = ['SUBMITTED', 'AGREED', 'BLOCKED', 'EVALUATING', 'IG_REVIEW', 'APPROVED'] as const;

/** In working days, from when somebody was asked; the first is the smaller. */
export interface Deadlines {
  readonly reminderDays: number;
  readonly overdueDays: number;
}

/** When people are reminded, and how often a delivery is tried. It has no say in what is released. */
export interface NotificationPolicy {
  readonly calendar: WorkingCalendar;
  readonly states: Readonly<Record<(typeof timedStates)[number], Deadlines>>;
  /** Of the files of a recalled release. */
  readonly destruction: Deadlines;
  /** So long before the regulator's deadline of an incident information governance is reminded of it. */
  readonly regulatorNoticeHours: number;
  /** Pauses before the second delivery, the third and so on; after the last one it is a dead letter. */
  readonly retrySeconds: readonly number[];
}

/** What accounts and their tokens are let do. */
export interface AccountsPolicy {
  /** May a program with an API token decide, as its person may? */
  readonly decisionsByApiToken: boolean;
  /** A disabled account is enabled by another administrator than the one who disabled it. */
  readonly enabledByAnother: boolean;
  /** Where there is an identity provider, people with these roles sign in there, as all do whose roles decide. */
  readonly providerRoles: readonly string[];
  /** How long the roles of a person from the provider count after their last sign-in there, in hours. */
  readonly providerRolesHours: number;
}

/** How an approver lets another person decide in their stead for a time. Days are of 24 hours. */
export interface DelegationPolicy {
  readonly daysMax: number;
  readonly startsWithinDays: number;
  /** Nobody with one of these roles decides in another's stead. */
  readonly notToRoles: readonly string[];
  /** What a delegate may do while it lasts, besides what their own roles allow. */
  readonly may: RolePolicy['may'];
}

/** What everybody with an account may read of what is published. It has no say in what is released. */
export interface CataloguePolicy {
  /** May they read what a release of tier HIGH is called, and what was written about it? */
  readonly titlesOfTierHigh: boolean;
}

/** (epsilon, delta) of differential privacy. */
export interface PrivacyBudget {
  readonly epsilon: number;
  readonly delta: number;
}

/** The rules in force, read once at start. A release records the hash of the policy it met. */
export interface Policy {
  /** SHA-256 over all policy files that decisions are made under: all but notifications.json and catalogue.json. */
  readonly hash: string;
  readonly roles: readonly RolePolicy[];
  readonly thresholds: Readonly<Partial<Record<Tier, TierThresholds>>>;
  readonly rules: RulesThresholds;
  /** What the evaluation report judges by. Not part of the hash: it lets nothing through and stops nothing. */
  readonly evaluation: { readonly policy: EvaluationPolicy; readonly sha256: string };
  readonly disclosure: DisclosureControl;
  /** What tables that are to be published are judged and protected by; the floor and the rounding are the same. */
  readonly tableRules: TableRules;
  /** Approvals a release needs, by different people of information governance. */
  readonly approvals: Readonly<Record<Tier, number>>;
  readonly lifecycle: LifecyclePolicy;
  readonly access: AccessPolicy;
  /** Not part of the hash: new terms ask people again, and leave evidence and decisions as they are. */
  readonly licence: Licence;
  readonly notifications: NotificationPolicy;
  readonly catalogue: CataloguePolicy;
  readonly accounts: AccountsPolicy;
  readonly delegation: DelegationPolicy;
  /** Of each source. */
  readonly privacyBudget: PrivacyBudget;
  /** Two extracts are about the same people when so much of the smaller is in the other one. */
  readonly samePeopleShareMin: number;
}

export const POLICY = Symbol('Policy');
