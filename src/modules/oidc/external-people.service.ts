import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { AccountStanding, endSignIns, findByEmail, Person, rolesTogether } from '../identity/index.js';
import { CLOCK, type Refusal, refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ExternalIdentity } from './external-identity.entity.js';
import type { ProvenIdentity } from './identity-provider.js';
import { mappedRoles } from './role-mapping.rules.js';
import { ROLE_MAPPING, type LoadedMapping } from './role-mapping.token.js';
import { verifiedEmail } from './verified-email.rules.js';

const nameLengthMax = 200;
const unstorable = /\0|\p{Surrogate}/gu;
const taken = refusal(
  'ALREADY_REGISTERED',
  'Another account has your e-mail address. An administrator can let you move it to the provider.',
);
const nothing = refusal('NOT_PERMITTED', 'Nothing at your provider gives you a role here.');
const nothingUnverified = refusal(
  'NOT_PERMITTED',
  'Nothing at your provider gives you a role here; one that decides takes a verified e-mail address.',
);
const isLetGo = ({ mayMoveToProvider, disabledAt }: Person): boolean =>
  mayMoveToProvider && disabledAt === null;

/** Keeps one account for each identity at the provider, with the roles that its claims give today. */
@Injectable()
export class ExternalPeople {
  constructor(
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(ROLE_MAPPING) private readonly mapping: LoadedMapping | null,
    private readonly standing: AccountStanding,
  ) {}

  /**
   * Roles that were taken away at the provider are taken away here, also when nothing is left to sign in with. One
   * address is one human: who has an account under it gets no second one, and loses the first by taking another's.
   */
  async admit(manager: EntityManager, identity: ProvenIdentity): Promise<Person | Refusal> {
    const known = await this.find(manager, identity);
    const email = verifiedEmail(identity.claims);
    const holder = email === null ? null : await findByEmail(manager, email);
    const account = known ?? (holder && isLetGo(holder) ? holder : null);
    const isTaken = holder !== null && holder.id !== account?.id;
    const roles = isTaken ? [] : this.rolesOf(identity.claims, email);
    if (known) await this.changeRoles(manager, known, roles);
    if (isTaken) return taken;
    if (account?.disabledAt) return refusal('NOT_PERMITTED', 'This account is disabled.');
    if (roles.length === 0) return email === null ? nothingUnverified : nothing;
    if (!account) return this.add(manager, identity, { email, roles });
    if (!known) await this.takeOver(manager, identity, account, roles);
    account.email = email ?? account.email;
    account.providerSignInAt = this.clock.now();
    const { id, email: kept, providerSignInAt } = account;
    await manager.update(Person, { id }, { email: kept, providerSignInAt });
    return account;
  }

  private async find(manager: EntityManager, { issuer, subject }: ProvenIdentity): Promise<Person | null> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [
      `picketfence-oidc ${issuer} ${subject}`,
    ]);
    const link = await manager.findOneBy(ExternalIdentity, { issuer, subject });
    return link && manager.findOneByOrFail(Person, { id: link.personId });
  }

  /** Nobody decides of whom it is not known which other account would be theirs. */
  private rolesOf(claims: unknown, email: string | null): string[] {
    if (!this.mapping) return [];
    const roles = rolesTogether(mappedRoles(this.mapping, claims), this.policy.roles).sort();
    return email === null ? this.standing.withoutProof(roles) : roles;
  }

  private async add(
    manager: EntityManager,
    { issuer, subject, claims }: ProvenIdentity,
    { email, roles }: { readonly email: string | null; readonly roles: string[] },
  ): Promise<Person> {
    const createdAt = this.clock.now();
    const fixed = { passwordHash: null, demo: false, mayMoveToProvider: false, providerSignInAt: createdAt };
    const person = await manager.save(
      manager.create(Person, { ...fixed, email, name: nameOf(claims, subject), roles, createdAt }),
    );
    await manager.insert(ExternalIdentity, { issuer, subject, personId: person.id, linkedAt: createdAt });
    await this.record(manager, 'add-person', person, { issuer, roles });
    return person;
  }

  /** An administrator has let the account go. Its password is gone, and what was signed in by it. */
  private async takeOver(
    manager: EntityManager,
    { issuer, subject }: ProvenIdentity,
    person: Person,
    roles: string[],
  ): Promise<void> {
    const now = this.clock.now();
    const moved = { passwordHash: null, mayMoveToProvider: false, providerSignInAt: now, demo: false };
    await manager.update(Person, { id: person.id }, moved);
    await manager.insert(ExternalIdentity, { issuer, subject, personId: person.id, linkedAt: now });
    await endSignIns(manager, person.id, now);
    await this.record(manager, 'move-to-provider', person, { issuer });
    await this.changeRoles(manager, person, roles);
  }

  private async changeRoles(manager: EntityManager, person: Person, roles: string[]): Promise<void> {
    const before = person.roles;
    if (before.join() === roles.join()) return;
    person.roles = roles;
    await manager.update(Person, { id: person.id }, { roles });
    await this.record(manager, 'change-roles', person, { before, roles });
  }

  private record(manager: EntityManager, action: string, { id }: Person, details: object): Promise<void> {
    const mappingHash = this.mapping?.hash;
    const entry = { actor: 'system' as const, action, subjectType: 'Person', subjectId: id };
    return this.audit.record(manager, { ...entry, details: { ...details, mappingHash } });
  }
}

/** For people to read; it identifies nobody. */
function nameOf(claims: Readonly<Record<string, unknown>>, subject: string): string {
  const names = [claims['name'], claims['preferred_username'], subject];
  const name = names.find((one): one is string => typeof one === 'string' && one.trim() !== '') ?? subject;
  return name.replace(unstorable, '\uFFFD').trim().slice(0, nameLengthMax);
}
