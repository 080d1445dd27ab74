import type { DisclosureControl, Profile } from '../../core/profile/profile.js';
import type { Check, CheckStatus } from '../../evaluation/check.js';
import type { Tier } from '../../generators/generator.js';
import type { DeclaredUse } from '../requests/index.js';

/** Something done to a request, by role: who it was is in the audit chain. */
export interface Deed {
  /** "requester", "audit team", …, as the transition table has it. */
  readonly role: string;
  readonly action: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** One attempt at a candidate. */
export interface AttemptFact {
  readonly attempt: number;
  readonly mechanismHash: string;
  readonly seed: string;
  readonly isDrawn: boolean;
  readonly reason: string | null;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly candidateHash: string | null;
  /** Of the checks that ran last; null: none have. */
  readonly outcome: CheckStatus | null;
  readonly failedChecks: readonly string[];
}

/** Everything the records say of one candidate, for those who write and read about it. It holds no row. */
export interface EvidenceFacts {
  readonly request: {
    readonly reference: string;
    readonly title: string;
    readonly purpose: string;
    readonly useCase: string;
    readonly tier: Tier;
    readonly rows: number;
    readonly columns: readonly string[];
    readonly formats: readonly string[];
    /** What the data are to be good for; the checks measured it. */
    readonly declaredUse: DeclaredUse;
  };
  readonly source: {
    readonly kind: 'EXTRACT' | 'RULES';
    readonly name: string;
    readonly version: number;
    readonly citation: string;
    readonly licence: string;
    readonly contentHash: string;
    readonly rows: number;
  };
  /** Of the source, in its order. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isAsked: boolean }[];
  /** Tier LOW: the signed profile the generator was given. */
  readonly profile: Profile | null;
  /** Tier HIGH: the model that was fitted, and why each column was learned. */
  readonly model: {
    readonly hash: string;
    readonly trainRows: number;
    readonly holdoutRows: number;
    readonly columns: readonly { readonly name: string; readonly justification: string }[];
  } | null;
  readonly mechanism: {
    readonly hash: string;
    readonly generator: string;
    readonly generatorVersion: string;
    readonly parameters: object;
    /** Of the public schema, the profile or the model, as the tier has it. */
    readonly inputHash: string;
    readonly permittedUses: readonly string[];
    readonly disclosureControl: DisclosureControl;
  };
  readonly candidate: { readonly hash: string; readonly rows: number; readonly seed: string };
  readonly evaluation: {
    readonly outcome: CheckStatus;
    readonly policyHash: string;
    readonly checks: readonly Check[];
    /** Names of checks that somebody let pass. */
    readonly waived: readonly string[];
  };
  /** All attempts of the request, oldest first; the last one made the candidate. */
  readonly attempts: readonly AttemptFact[];
  /** Candidates that the same mechanism made for other requests; counted for tier HIGH only. */
  readonly attemptsElsewhere: { readonly made: number; readonly failed: number };
  readonly deeds: readonly Deed[];
}
