import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { RowsGenerator } from '../../generators/generator.js';
import { generators } from '../../generators/generators.js';
import { costOf, LedgerService, type PrivacyCost } from '../ledger/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, type Refusal, refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { refuseWithoutRecords, Source } from '../sources/index.js';
import { SourceModel } from './model.entity.js';
import { type AskedColumn, refuseModelledColumns } from './model.rules.js';
import { parseParameters } from './parse-parameters.js';

export interface ModelProposal {
  readonly sourceId: string;
  readonly generator: string;
  /** JSON text of an object. */
  readonly parameters: string;
  readonly columns: readonly AskedColumn[];
}

/** A proposal that can be carried out. */
export interface ModelOrder {
  readonly generator: RowsGenerator;
  readonly parameters: Record<string, unknown>;
  /** Null for a generator without differential privacy. */
  readonly privacy: { readonly cost: PrivacyCost; readonly rowsPerSubject: number } | null;
}

/** Looks at what is asked for, and pays for it, before anybody looks at the rows. */
@Injectable()
export class ModelOrders {
  constructor(
    private readonly ledger: LedgerService,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async accept(manager: EntityManager, proposal: ModelProposal): Promise<ModelOrder | Refusal> {
    const generator = learners.find(({ name }) => name === proposal.generator);
    if (!generator) return unknownGenerator(proposal.generator);
    const parsed = parseParameters(proposal.parameters, generator.parameters);
    if ('code' in parsed) return parsed;
    const source = await manager.findOneBy(Source, { id: proposal.sourceId });
    if (!source) return refusal('NOT_FOUND', 'There is no such source.', 'sourceId');
    const refused = refuseWithoutRecords(source) ?? refuseModelledColumns(proposal.columns, source.columns);
    if (refused) return refused;
    if (!generator.privacy) return { generator, parameters: parsed.value, privacy: null };
    return this.acceptPrivate(manager, source, generator, parsed.value);
  }

  /** In the transaction of `accept`: the model and its budget are there together, or not at all. */
  async place(
    manager: EntityManager,
    actor: Actor,
    { sourceId, columns }: ModelProposal,
    { generator, parameters, privacy }: ModelOrder,
  ): Promise<SourceModel> {
    const model = await manager.save(
      manager.create(SourceModel, {
        sourceId,
        generator: generator.name,
        generatorVersion: generator.version,
        parameters,
        columns: columns.map(({ name, justification }) => ({ name, justification: justification.trim() })),
        seed: randomBytes(seedBytes).toString('hex'),
        state: 'RUNNING',
        policyHash: this.policy.hash,
        requestedById: actor.id,
        requestedAt: this.clock.now(),
      }),
    );
    if (privacy) await this.ledger.reserve(manager, { sourceId, modelId: model.id, ...privacy });
    await this.jobs.enqueue(manager, 'fit', model.id, actor);
    return model;
  }

  /** Whose rows they are is the custodian's word and not the operator's. */
  private async acceptPrivate(
    manager: EntityManager,
    { id, subjectColumn }: Source,
    generator: RowsGenerator,
    given: Record<string, unknown>,
  ): Promise<ModelOrder | Refusal> {
    if ((given['subject'] ?? subjectColumn) !== subjectColumn) {
      const message = `The subject of this source is ${subjectColumn ?? 'not declared'}, not what was asked for.`;
      return refusal('BAD_PARAMETERS', message, 'parameters.subject');
    }
    const parameters = { ...given, subject: subjectColumn };
    const { epsilon, delta = deltaDefault, rowsPerSubject } = given as unknown as PrivacyParameters;
    const cost = costOf({ epsilon, delta });
    const refused = await this.ledger.refuse(manager, id, cost);
    return refused ?? { generator, parameters: { ...parameters, delta }, privacy: { cost, rowsPerSubject } };
  }
}

/** Of every generator with differential privacy; their JSON Schema has made sure of the types. */
interface PrivacyParameters {
  readonly epsilon: number;
  readonly delta?: number;
  readonly rowsPerSubject: number;
}

const deltaDefault = 1e-9;
const seedBytes = 16;

const learners = generators.filter((one): one is typeof one & { sees: 'rows' } => one.sees === 'rows');

function unknownGenerator(name: string): Refusal {
  const names = learners.map((one) => one.name).join(', ');
  const message = `No generator "${name}" learns from rows. Those that do are: ${names}.`;
  return refusal('UNKNOWN_GENERATOR', message, 'generator');
}
