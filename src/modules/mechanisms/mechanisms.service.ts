import { Inject, Injectable } from '@nestjs/common';
import { Ajv } from 'ajv';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { findGenerator, generators } from '../../generators/registry.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { SourceProfile } from '../profiles/index.js';
import type { UseCase } from '../vocabulary/index.js';
import { mechanismHash } from './mechanism-hash.js';
import { Mechanism } from './mechanism.entity.js';

export interface MechanismProposal {
  readonly profileId: string;
  readonly generator: string;
  /** JSON text of an object. */
  readonly parameters: string;
  readonly permittedUses: readonly UseCase[];
}

const ajv = new Ajv({ allErrors: true });

@Injectable()
export class MechanismsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(): Promise<Mechanism[]> {
    return this.transactions.reader.find(Mechanism, { order: { registeredAt: 'DESC' }, take: 200 });
  }

  /** The same facts give the same mechanism: asking twice registers once. */
  register(actor: Actor, proposal: MechanismProposal): Promise<Mechanism | Refusal> {
    return this.transactions.run(async (manager) => {
      const profile = await manager.findOneBy(SourceProfile, { id: proposal.profileId });
      const drafted = this.draft(proposal, profile);
      const mechanism = drafted instanceof Mechanism ? await this.save(manager, actor, drafted) : null;
      const refused = drafted instanceof Mechanism ? null : drafted;
      await this.audit.record(manager, {
        actor,
        action: 'register-mechanism',
        subjectType: 'Mechanism',
        subjectId: mechanism?.id ?? null,
        refusal: refused,
        details: {
          hash: mechanism?.hash ?? null,
          generator: proposal.generator,
          profile: proposal.profileId,
        },
      });
      return mechanism ?? refused ?? refusal('NOT_FOUND', 'There is no such profile.');
    });
  }

  private draft(proposal: MechanismProposal, profile: SourceProfile | null): Mechanism | Refusal {
    const generator = findGenerator(proposal.generator);
    if (!generator) {
      const names = generators.map(({ name }) => name).join(', ');
      return refusal(
        'UNKNOWN_GENERATOR',
        `There is no generator "${proposal.generator}". There are: ${names}.`,
        'generator',
      );
    }
    if (!profile) return refusal('NOT_FOUND', 'There is no such profile.', 'profileId');
    if (profile.state !== 'SIGNED' || !profile.content || !profile.hash) {
      return refusal(
        'PROFILE_NOT_SIGNED',
        'Information governance has not signed this profile.',
        'profileId',
      );
    }
    if (proposal.permittedUses.length === 0) {
      return refusal('INCOMPLETE', 'Say what the data may be used for.', 'permittedUses');
    }
    const parameters = parseParameters(proposal.parameters, generator.parameters);
    if ('code' in parameters) return parameters;
    const facts = {
      generator: generator.name,
      generatorVersion: generator.version,
      parameters: parameters.value,
      profileHash: profile.hash,
      disclosureControl: profile.content.disclosureControl,
      permittedUses: [...new Set(proposal.permittedUses)].sort(),
    };
    const { id: profileId, sourceId } = profile;
    return Object.assign(new Mechanism(), {
      ...facts,
      hash: mechanismHash(facts),
      tier: generator.tier,
      profileId,
      sourceId,
    });
  }

  private async save(manager: EntityManager, actor: Actor, drafted: Mechanism): Promise<Mechanism> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [drafted.hash]);
    const { hash, sourceId } = drafted;
    const known = await manager.findOneBy(Mechanism, { hash, sourceId });
    if (known) return known;
    drafted.state = 'DRAFT';
    drafted.registeredById = actor.id;
    drafted.registeredAt = this.clock.now();
    return manager.save(drafted);
  }
}

function parseParameters(text: string, schema: object): { value: object } | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refusal('BAD_PARAMETERS', 'The parameters are not JSON.', 'parameters');
  }
  const validate = ajv.compile(schema);
  if (typeof value !== 'object' || value === null || !validate(value)) {
    const why = ajv.errorsText(validate.errors, { dataVar: 'parameters' });
    return refusal('BAD_PARAMETERS', `The generator does not take these parameters: ${why}.`, 'parameters');
  }
  return { value };
}
