import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { Person, rolesTogether } from '../identity/index.js';
import { CLOCK, type Refusal, refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ExternalIdentity } from './external-identity.entity.js';
import type { ProvenIdentity } from './identity-provider.js';
import { mappedRoles } from './role-mapping.rules.js';
import { ROLE_MAPPING, type LoadedMapping } from './role-mapping.token.js';

const nameLengthMax = 200;
const unstorable = /\0|\p{Surrogate}/gu;

/** Keeps one account for each identity at the provider, with the roles that its claims give today. */
@Injectable()
export class ExternalPeople {
  constructor(
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(ROLE_MAPPING) private readonly mapping: LoadedMapping | null,
  ) {}

  /** Roles that were taken away at the provider are taken away here, also when nothing is left to sign in with. */
  async admit(manager: EntityManager, identity: ProvenIdentity): Promise<Person | Refusal> {
    const { issuer, subject, claims } = identity;
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [
      `picketfence-oidc ${issuer} ${subject}`,
    ]);
    const roles = this.rolesOf(claims);
    const link = await manager.findOneBy(ExternalIdentity, { issuer, subject });
    const known = link && (await manager.findOneByOrFail(Person, { id: link.personId }));
    if (known && known.roles.join() !== roles.join()) await this.changeRoles(manager, known, roles);
    if (known?.disabledAt) return refusal('NOT_PERMITTED', 'This account is disabled.');
    if (roles.length === 0)
      return refusal('NOT_PERMITTED', 'Nothing at your provider gives you a role here.');
    return known ?? (await this.add(manager, identity, roles));
  }

  private rolesOf(claims: unknown): string[] {
    if (!this.mapping) return [];
    return rolesTogether(mappedRoles(this.mapping, claims), this.policy.roles).sort();
  }

  private async add(
    manager: EntityManager,
    { issuer, subject, claims }: ProvenIdentity,
    roles: string[],
  ): Promise<Person> {
    const createdAt = this.clock.now();
    const fixed = { email: null, passwordHash: null, demo: false };
    const person = await manager.save(
      manager.create(Person, { ...fixed, name: nameOf(claims, subject), roles, createdAt }),
    );
    await manager.insert(ExternalIdentity, { issuer, subject, personId: person.id, linkedAt: createdAt });
    await this.record(manager, 'add-person', person, { issuer, roles });
    return person;
  }

  private async changeRoles(manager: EntityManager, person: Person, roles: string[]): Promise<void> {
    const before = person.roles;
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
