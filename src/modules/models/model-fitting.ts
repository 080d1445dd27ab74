import { Inject, Injectable } from '@nestjs/common';
import { NonconformingValueError } from '../../core/files/nonconforming-value-error.js';
import type { LedgerEntry } from '../../core/privacy/ledger-entry.js';
import { BudgetExceededError } from '../../core/privacy/privacy-account.js';
import { Random } from '../../core/random/random.js';
import { BackendAbsentError } from '../../core/tensor/open-backend.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { Checkpoints, RowsGenerator } from '../../generators/generator.js';
import { findGenerator } from '../../generators/generators.js';
import { TooManyColumnsError } from '../../generators/tabular/differentially-private/too-many-columns-error.js';
import { UnknownDomainError } from '../../generators/tabular/domain/public-domain.js';
import { ParameterError } from '../../generators/tabular/parameter-error.js';
import { TooFewRowsError } from '../../generators/tabular/guards/too-few-rows-error.js';
import {
  TrainingDivergedError,
  TrainingTooLongError,
} from '../../generators/tabular/neural/training/training-errors.js';
import {
  FinalJobError,
  JobCheckpoints,
  type JobContext,
  MODELS,
  type ObjectInbox,
  Transactions,
} from '../platform/index.js';
import { Source, SourceRows } from '../sources/index.js';
import type { SourceModel } from './model.entity.js';

/** A model that lies in its zone. Counts as texts, as the database has them. */
interface FittedFacts {
  readonly hash: string;
  readonly bytes: string;
  readonly trainRows: string;
  readonly holdoutRows: string;
  readonly splitKey: string;
  /** Content hash of the source it was learned from. */
  readonly source: string;
  /** What it cost of the privacy budget; null without differential privacy. */
  readonly spent: readonly LedgerEntry[] | null;
}

/** Learns from the half of the subjects that is for learning; the other half is never looked at here. */
@Injectable()
export class ModelFitting {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: SourceRows,
    @Inject(MODELS) private readonly store: ObjectInbox,
    private readonly checkpoints: JobCheckpoints,
  ) {}

  /** @throws {FinalJobError} when these rows or parameters never give a model */
  async fit(model: SourceModel, context: JobContext): Promise<FittedFacts> {
    const source = await this.transactions.reader.findOneByOrFail(Source, { id: model.sourceId });
    return this.rows.withSplit(source, async ({ train, holdout, splitKey }) => {
      await this.requireOneSplit(model, splitKey);
      await requireRowsOfOwn(model, source, train);
      const { learned, spent } = await learn(model, source, {
        ...{ train, context },
        checkpoints: this.checkpoints.of(context.job.id),
      });
      const { key: hash, bytes } = await this.store.put(once(learned));
      return {
        ...{ hash, bytes: String(bytes), spent, splitKey, source: source.contentHash },
        ...{ trainRows: String(train.rowCount), holdoutRows: String(holdout.rowCount) },
      };
    });
  }

  /** With another key this model would learn from people whom an earlier one is compared with. */
  private async requireOneSplit({ sourceId }: SourceModel, splitKey: string): Promise<void> {
    const [other] = await this.transactions.reader.query<object[]>(
      `SELECT 1 FROM model WHERE split_key <> $2 AND source_id IN (SELECT sources_of_same_people($1)) LIMIT 1`,
      [sourceId, splitKey],
    );
    if (!other) return;
    throw new FinalJobError(
      'Earlier models of these people were learned with another people-key: bring that key back.',
    );
  }

  /** What the job kept of unfinished work is needed no more. */
  forgetUnfinished(jobId: string): Promise<void> {
    return this.checkpoints.forget(jobId);
  }
}

/** The guards of generators without differential privacy count rows: they protect people who have one each. */
async function requireRowsOfOwn(model: SourceModel, source: Source, train: ColumnSource): Promise<void> {
  if (source.subjectColumn === null || learnerOf(model).privacy) return;
  const column = await train.column(source.subjectColumn);
  const subjects = column.kind === 'text' ? column.values : [];
  if (new Set(subjects).size === train.rowCount) return;
  throw new FinalJobError(
    `Some subjects have several rows, and the guards of "${model.generator}" count rows. Use a generator with ` +
      'differential privacy, or register an extract of one row a subject.',
  );
}

interface Learning {
  readonly train: ColumnSource;
  readonly context: JobContext;
  /** Of this job, so that learning goes on where a worker died. */
  readonly checkpoints: Checkpoints;
}

interface Learned {
  readonly learned: Uint8Array;
  /** What it cost of the privacy budget; null without differential privacy. */
  readonly spent: readonly LedgerEntry[] | null;
}

/** @throws {FinalJobError} when these rows or parameters never give one */
async function learn(
  model: SourceModel,
  source: Source,
  { train, context: { signal, progress }, checkpoints }: Learning,
): Promise<Learned> {
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
        checkpoints,
      },
    );
    return { learned: generator.save(fitted), spent: generator.privacy?.spent(fitted) ?? null };
  } catch (error) {
    // Their messages name columns, parameters and counts of rows, and no value.
    const isFinal =
      error instanceof NonconformingValueError ||
      error instanceof ParameterError ||
      error instanceof TooFewRowsError ||
      error instanceof TooManyColumnsError ||
      error instanceof UnknownDomainError ||
      error instanceof BackendAbsentError ||
      error instanceof TrainingDivergedError ||
      error instanceof TrainingTooLongError ||
      error instanceof BudgetExceededError;
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
