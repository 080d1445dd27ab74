import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { NonconformingValueError } from '../../core/files/nonconforming-value-error.js';
import { Random } from '../../core/random/random.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { findGenerator } from '../../generators/generators.js';
import type { RowsGenerator } from '../../generators/generator.js';
import { ParameterError } from '../../generators/tabular/sequential-cart/parameters.js';
import { TooFewRowsError } from '../../generators/tabular/sequential-cart/too-few-rows-error.js';
import { AuditService } from '../audit/index.js';
import {
  type CommitResult,
  FinalJobError,
  type Job,
  type JobContext,
  type JobHandler,
  MODELS,
  type ObjectInbox,
  Transactions,
} from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Source, SourceRows } from '../sources/index.js';
import { SourceModel } from './model.entity.js';

/** Learns a model from the half of the subjects that is for learning; the other half is never looked at here. */
@Injectable()
export class FitModelJob implements JobHandler {
  readonly kind = 'fit';

  constructor(
    private readonly transactions: Transactions,
    private readonly rows: SourceRows,
    private readonly audit: AuditService,
    @Inject(MODELS) private readonly store: ObjectInbox,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const model = await reader.findOneByOrFail(SourceModel, { id: context.job.subjectId });
    if (model.state !== 'RUNNING') return () => Promise.resolve();
    if (model.policyHash !== this.policy.hash) {
      throw new FinalJobError('The policy has changed since the model was asked for; ask again.');
    }
    const source = await reader.findOneByOrFail(Source, { id: model.sourceId });
    return this.rows.withSplit(source, async ({ train, holdout }) => {
      const learned = await learn(model, source, train, context);
      const { key: hash, bytes } = await this.store.put(once(learned));
      const facts = { hash, bytes: String(bytes) };
      const split = { trainRows: String(train.rowCount), holdoutRows: String(holdout.rowCount) };
      return async (manager: EntityManager) => {
        await manager.update(SourceModel, { id: model.id }, { state: 'READY', ...facts, ...split });
        await this.record(manager, model.id, { ...facts, ...split, source: source.contentHash });
      };
    });
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    await manager.update(SourceModel, { id: job.subjectId }, { state: 'FAILED', problem: reason });
    await this.record(manager, job.subjectId, { gaveUp: reason });
  }

  private record(manager: EntityManager, id: string, details: object): Promise<void> {
    return this.audit.record(manager, {
      actor: 'system',
      action: 'fit-model',
      subjectType: 'Model',
      subjectId: id,
      details,
    });
  }
}

/** The bytes of the model. @throws {FinalJobError} when these rows or parameters never give one */
async function learn(
  model: SourceModel,
  source: Source,
  train: ColumnSource,
  { signal, progress }: JobContext,
): Promise<Uint8Array> {
  const generator = learnerOf(model);
  const names = model.columns.map(({ name }) => name);
  const columns = source.schema.columns.filter(({ name }) => names.includes(name));
  try {
    const fitted = await generator.fit(
      { schema: { columns }, rows: train },
      {
        parameters: model.parameters,
        random: Random.fromSeed(model.seed).fork(source.contentHash),
        signal,
        onProgress: progress,
      },
    );
    return generator.save(fitted);
  } catch (error) {
    // Their messages name columns, parameters and counts of rows, and no value.
    const isFinal =
      error instanceof NonconformingValueError ||
      error instanceof ParameterError ||
      error instanceof TooFewRowsError;
    throw isFinal ? new FinalJobError(error.message) : error;
  }
}

function learnerOf({ generator: name, generatorVersion }: SourceModel): RowsGenerator {
  const generator = findGenerator(name);
  if (generator?.sees === 'rows' && generator.version === generatorVersion) return generator;
  throw new FinalJobError(
    `This worker does not have version ${generatorVersion} of the generator "${name}".`,
  );
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one chunk
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
