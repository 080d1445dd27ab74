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

/** A signed-in person and what their roles allow. */
export class Actor {
  private readonly ability: MongoAbility;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly roles: readonly string[],
    policies: readonly RolePolicy[],
  ) {
    this.ability = createMongoAbility(
      policies.filter(({ role }) => roles.includes(role)).flatMap((policy) => rulesOf(policy, id)),
      { detectSubjectType: subjectOf },
    );
  }

  /** True when some object of this subject may pass; the loaded object still has to be asked about. */
  mayEver(action: string, subject: string): boolean {
    return this.ability.can(action, subject);
  }

  may(action: string, object: object): boolean {
    return this.ability.can(action, object);
  }

  refuse(action: string, object: object): Refusal | null {
    if (this.may(action, object)) return null;
    return refusal(
      'NOT_PERMITTED',
      `Your roles do not let you ${action} this ${subjectOf(object).toLowerCase()}.`,
    );
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
