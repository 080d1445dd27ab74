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

/** A signed-in person and what their roles allow; or a program with a token of theirs, which may do less. */
export class Actor {
  private readonly ability: MongoAbility;

  /** `scopes` are the pairs of action and subject that a token is for; null: the person is there in person. */
  constructor(
    readonly id: string,
    readonly name: string,
    readonly roles: readonly string[],
    policies: readonly RolePolicy[],
    private readonly scopes: ReadonlySet<string> | null = null,
  ) {
    this.ability = createMongoAbility(
      policies.filter(({ role }) => roles.includes(role)).flatMap((policy) => rulesOf(policy, id)),
      { detectSubjectType: subjectOf },
    );
  }

  get isToken(): boolean {
    return this.scopes !== null;
  }

  /** True when some object of this subject may pass; the loaded object still has to be asked about. */
  mayEver(action: string, subject: string): boolean {
    return this.isInScope(action, subject) && this.ability.can(action, subject);
  }

  /**
   * What the person may do; reading is also bound by the scopes. Deciding is not: who decides on a request does not
   * see how others did, and a token that cannot decide must not see it for them.
   */
  may(action: string, object: object): boolean {
    if (action === 'read' && !this.isInScope(action, subjectOf(object))) return false;
    return this.ability.can(action, object);
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

function rulesOf(policy: RolePolicy, personId: string): RawRuleOf<MongoAbility>[] {
  return policy.may.map(({ actions, subject, where }) => {
    const rule = { action: [...actions], subject };
    if (!where) return rule;
    const conditions = Object.entries(where).map(([field, value]) => [
      field,
      value === '${person.id}' ? personId : value,
    ]);
    return { ...rule, conditions: Object.fromEntries(conditions) as Record<string, string> };
  });
}
