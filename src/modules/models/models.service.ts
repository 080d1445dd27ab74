import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { RowsGenerator } from '../../generators/generator.js';
import { generators } from '../../generators/generators.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Source } from '../sources/index.js';
import { type AskedColumn, refuseModelledColumns } from './model.rules.js';
import { SourceModel } from './model.entity.js';
import { parseParameters } from './parse-parameters.js';

const seedBytes = 16;
const listMax = 200;

export interface ModelProposal {
  readonly sourceId: string;
  readonly generator: string;
  /** JSON text of an object. */
  readonly parameters: string;
  readonly columns: readonly AskedColumn[];
}

interface Fit {
  readonly generator: RowsGenerator;
  readonly parameters: Record<string, unknown>;
}

/** Asking for models; the worker learns them. */
@Injectable()
export class ModelsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  find(id: string): Promise<SourceModel | null> {
    return this.transactions.reader.findOneBy(SourceModel, { id });
  }

  /** Newest first. */
  listFor(sourceId: string): Promise<SourceModel[]> {
    return this.transactions.reader.find(SourceModel, {
      where: { sourceId },
      order: { requestedAt: 'DESC' },
      take: listMax,
    });
  }

  request(actor: Actor, proposal: ModelProposal): Promise<SourceModel | Refusal> {
    return this.transactions.run(async (manager) => {
      const fit = fitOf(proposal);
      const refused = 'code' in fit ? fit : await refuseSource(manager, proposal);
      const model = refused || 'code' in fit ? null : await this.save(manager, actor, proposal, fit);
      const { sourceId, generator, columns } = proposal;
      await this.audit.record(manager, {
        actor,
        action: 'request-model',
        subjectType: 'Source',
        subjectId: sourceId,
        refusal: refused,
        details: { model: model?.id ?? null, generator, columns: columns.map(({ name }) => name) },
      });
      return model ?? refused ?? refusal('NOT_FOUND', 'There is no such source.', 'sourceId');
    });
  }

  cancel(actor: Actor, id: string): Promise<SourceModel | Refusal> {
    return this.transactions.run(async (manager) => {
      const model = await manager.findOneBy(SourceModel, { id });
      if (!model) return refusal('NOT_FOUND', 'There is no such model.', id);
      const refused =
        actor.refuse('cancel', model) ??
        ((await this.jobs.requestCancel(manager, id))
          ? null
          : refusal('NOT_RUNNING', 'Nothing is running to cancel.'));
      await this.audit.record(manager, {
        actor,
        action: 'cancel-model',
        subjectType: 'Model',
        subjectId: id,
        refusal: refused,
      });
      return refused ?? model;
    });
  }

  private async save(
    manager: EntityManager,
    actor: Actor,
    { sourceId, columns }: ModelProposal,
    { generator, parameters }: Fit,
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
    await this.jobs.enqueue(manager, 'fit', model.id);
    return model;
  }
}

function fitOf({ generator: name, parameters }: ModelProposal): Fit | Refusal {
  const learners = generators.filter((one): one is typeof one & { sees: 'rows' } => one.sees === 'rows');
  const generator = learners.find((one) => one.name === name);
  if (!generator) {
    const names = learners.map((one) => one.name).join(', ');
    const message = `No generator "${name}" learns from rows. Those that do are: ${names}.`;
    return refusal('UNKNOWN_GENERATOR', message, 'generator');
  }
  const parsed = parseParameters(parameters, generator.parameters);
  return 'code' in parsed ? parsed : { generator, parameters: parsed.value };
}

async function refuseSource(
  manager: EntityManager,
  { sourceId, columns }: ModelProposal,
): Promise<Refusal | null> {
  const source = await manager.findOneBy(Source, { id: sourceId });
  return source
    ? refuseModelledColumns(columns, source.columns)
    : refusal('NOT_FOUND', 'There is no such source.', 'sourceId');
}
