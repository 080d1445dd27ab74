import { createMongoAbility, type MongoAbility, type RawRuleOf } from '@casl/ability';
import { type Refusal, refusal } from '../platform/index.js';
import type { RolePolicy } from '../policy/index.js';

/** A thing with rules about it names its subject; `@Can` and the role files use the same names. */
interface SubjectClass {
  readonly subject?: string;
}

const subjectOf = (object: object): string => {
  const { subject } = object.constructor as SubjectClass;
  if (subject === undefined)
    throw new Error(`${object.constructor.name} has no subject name to check permissions by.`);
  return subject;
};

/** Somebody else lets the person decide in their stead. */
export interface HeldDelegation {
  readonly delegationId: string;
  readonly delegatorId: string;
}

/** A token that speaks for a person. */
export interface SpeakingToken {
  readonly id: string;
  /** The pairs of action and subject that it is for. */
  readonly scopes: ReadonlySet<string>;
  /** It was given to a program that signed with its key, and is over in minutes. */
  readonly isBackend?: boolean;
}

/** What may narrow or widen the rights that a person has by their roles. */
export interface Standing {
  /** The API token that speaks for the person; null: they are there in person. */
  readonly token?: SpeakingToken | null;
  /** Delegations to the person that count now, and what a delegate may do. */
  readonly delegations?: readonly HeldDelegation[];
  readonly delegated?: RolePolicy['may'];
}

/** A signed-in person and what their roles allow; or a program with a token of theirs, which may do less. */
export class Actor {
  private readonly own: MongoAbility;
  private readonly delegated: MongoAbility;
  private readonly scopes: ReadonlySet<string> | null;
  /** Of the API token that speaks for the person; audit events name it. */
  readonly tokenId: string | null;
  /** A program that signed in with a key of its own. */
  readonly isBackend: boolean;
  readonly delegations: readonly HeldDelegation[];

  constructor(
    readonly id: string,
    readonly name: string,
    readonly roles: readonly string[],
    policies: readonly RolePolicy[],
    { token = null, delegations = [], delegated = [] }: Standing = {},
  ) {
    const granted = policies.filter(({ role }) => roles.includes(role)).flatMap(({ may }) => may);
    this.own = abilityOf(granted, id);
    this.delegated = abilityOf(delegations.length > 0 ? delegated : [], id);
    this.scopes = token?.scopes ?? null;
    this.tokenId = token?.id ?? null;
    this.isBackend = token?.isBackend ?? false;
    this.delegations = delegations;
  }

  get isToken(): boolean {
    return this.scopes !== null;
  }

  /** True when some object of this subject may pass; the loaded object still has to be asked about. */
  mayEver(action: string, subject: string): boolean {
    if (!this.isInScope(action, subject)) return false;
    return this.own.can(action, subject) || this.delegated.can(action, subject);
  }

  /**
   * What the person may do; reading is also bound by the scopes. Deciding is not: who decides on a request does not
   * see how others did, and a token that cannot decide must not see it for them.
   */
  may(action: string, object: object): boolean {
    if (action === 'read' && !this.isInScope(action, subjectOf(object))) return false;
    return this.own.can(action, object) || this.delegated.can(action, object);
  }

  /** True when the person needs nobody's delegation for it. */
  mayInOwnRight(action: string, object: object): boolean {
    return this.own.can(action, object);
  }

  /**
   * In whose stead the person would do this: null when in their own right. `asDelegateOf` names the delegator, and may
   * be left out where there is only one.
   */
  standingFor(
    action: string,
    object: object,
    asDelegateOf: string | null = null,
  ): HeldDelegation | Refusal | null {
    if (this.mayInOwnRight(action, object)) {
      if (asDelegateOf === null) return null;
      return refusal('NOT_PERMITTED', 'You decide in your own right, for nobody else.', 'asDelegateOf');
    }
    const [first, ...more] = this.delegations.filter(
      ({ delegatorId }) => asDelegateOf === null || delegatorId === asDelegateOf,
    );
    if (!first)
      return refusal('NOT_PERMITTED', 'You are not the delegate of this person now.', 'asDelegateOf');
    if (more.length === 0) return first;
    return refusal('INCOMPLETE', 'Several people let you decide for them: name one.', 'asDelegateOf');
  }

  refuse(action: string, object: object): Refusal | null {
    const subject = subjectOf(object);
    if (!this.isInScope(action, subject)) {
      return refusal('NOT_PERMITTED', `The scopes of this token do not cover "${action} ${subject}".`);
    }
    if (this.may(action, object)) return null;
    return refusal('NOT_PERMITTED', `Your roles do not let you ${action} this ${subject.toLowerCase()}.`);
  }

  private isInScope(action: string, subject: string): boolean {
    return this.scopes === null || this.scopes.has(`${action} ${subject}`);
  }
}

function abilityOf(granted: RolePolicy['may'], personId: string): MongoAbility {
  return createMongoAbility(
    granted.map((grant) => ruleOf(grant, personId)),
    { detectSubjectType: subjectOf },
  );
}

function ruleOf(
  { actions, subject, where }: RolePolicy['may'][number],
  personId: string,
): RawRuleOf<MongoAbility> {
  const rule = { action: [...actions], subject };
  if (!where) return rule;
  const conditions = Object.entries(where).map(([field, value]) => [
    field,
    value === '${person.id}' ? personId : value,
  ]);
  return { ...rule, conditions: Object.fromEntries(conditions) as Record<string, string> };
}
