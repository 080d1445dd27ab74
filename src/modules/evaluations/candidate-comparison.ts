import { Inject, Injectable } from '@nestjs/common';
import type { Profile } from '../../core/profile/profile.js';
import type { TableSchema } from '../../core/schema/schema.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { Check } from '../../evaluation/check.js';
import { evaluate } from '../../evaluation/evaluate.js';
import type { EvaluationContext } from '../../evaluation/evaluation-context.js';
import { findGenerator } from '../../generators/generators.js';
import type { Candidate } from '../generation/index.js';
import { Mechanism } from '../mechanisms/index.js';
import { SourceModel } from '../models/index.js';
import { FinalJobError, type JobContext, type Logger, LOGGER, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { SourceProfile } from '../profiles/index.js';
import { declaredOf, type ReleaseRequest } from '../requests/index.js';
import { Source, SourceRows } from '../sources/index.js';
import { type CandidatePackage, CandidateFiles } from './candidate-files.js';
import { demandedChecks } from './demanded-checks.js';
import { claimOf, type Learning, refitOf } from './refit-mechanism.js';

export interface CandidateUnderCheck {
  readonly request: ReleaseRequest;
  readonly candidate: Candidate;
  readonly source: Source;
  readonly found: CandidatePackage;
}

/** Holds a candidate against its source. Only figures come out. */
@Injectable()
export class CandidateComparison {
  constructor(
    private readonly transactions: Transactions,
    private readonly files: CandidateFiles,
    private readonly rows: SourceRows,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async check(
    { request, candidate, source, found }: CandidateUnderCheck,
    context: JobContext,
  ): Promise<Check[]> {
    const { mechanismHash: hash } = candidate;
    const { reader } = this.transactions;
    const mechanism = await reader.findOneByOrFail(Mechanism, { hash, sourceId: source.id });
    const profile = await this.profileOf(mechanism);
    const schema = requestedSchema(request, source);
    const learned = await this.learningOf(mechanism, source);
    const learning = learned ? relearned(learned, request, context) : {};
    return this.withReal(request, source, (real) =>
      this.files.withColumns(found, schema, (synthetic) =>
        this.evaluate({ request, schema, profile, ...real, learning, synthetic, found, context }),
      ),
    );
  }

  private async profileOf({ profileId }: Mechanism): Promise<Profile | null> {
    if (profileId === null) return null;
    const { content } = await this.transactions.reader.findOneByOrFail(SourceProfile, { id: profileId });
    if (!content) throw new FinalJobError('The signed profile is gone.');
    return content;
  }

  /** How the mechanism of a model can be learned again, and what it promises; nothing for the other tiers. */
  private async learningOf(
    { modelId, generator: name }: Mechanism,
    source: Source,
  ): Promise<Learning | null> {
    const generator = findGenerator(name);
    if (modelId === null || generator?.sees !== 'rows') return null;
    const model = await this.transactions.reader.findOneByOrFail(SourceModel, { id: modelId });
    const names = model.columns.map((column) => column.name);
    const schema = { columns: source.schema.columns.filter((column) => names.includes(column.name)) };
    return { generator, parameters: model.parameters, schema };
  }

  /** The real rows that the tier's generators saw, and for HIGH the rows that none of them has seen. */
  private withReal<Result>(
    { tier }: ReleaseRequest,
    source: Source,
    work: (real: RealRows) => Promise<Result>,
  ): Promise<Result> {
    switch (tier) {
      case 'STRUCTURAL':
        return work({ real: null, holdout: null });
      case 'LOW':
        return this.rows.withAll(source, (real) => work({ real, holdout: null }));
      case 'HIGH':
        return this.rows.withSplit(source, ({ train, holdout }) => work({ real: train, holdout }));
    }
  }

  private async evaluate(all: Compared): Promise<Check[]> {
    const context = this.contextOf(all);
    const ofTier = this.policy.thresholds[all.request.tier] ?? { checks: {}, declaredChecks: {} };
    return evaluate(context, await demandedChecks(ofTier, context));
  }

  private contextOf(all: Compared): EvaluationContext {
    const { request, schema, profile, real, holdout, learning, synthetic, found, context } = all;
    return {
      ...{ schema, profile, holdout, ...learning },
      source: real,
      candidate: synthetic,
      declared: declaredOf(request.declaredUse),
      rowsRequested: request.rows,
      // Known to nobody who could choose the candidate by it.
      seed: request.candidateHash ?? '',
      package: found,
      cellCountFloor: this.policy.disclosure.cellCountMin,
      signal: context.signal,
      onProgress: ({ done, total }) => {
        context.progress(done / total);
      },
      onCheckCrash: (check, error) => {
        // The message may quote a cell: the kind of error is all that leaves the real zone.
        this.logger.error(
          { check, error: error instanceof Error ? error.name : typeof error },
          'a check crashed',
        );
      },
    };
  }
}

interface RealRows {
  readonly real: ColumnSource | null;
  readonly holdout: ColumnSource | null;
}

type Relearned = Pick<EvaluationContext, 'refit' | 'privacyClaim'>;

interface Compared extends RealRows {
  readonly learning: Relearned;
  readonly request: ReleaseRequest;
  readonly schema: TableSchema;
  readonly profile: Profile | null;
  readonly synthetic: ColumnSource;
  readonly found: CandidatePackage;
  readonly context: JobContext;
}

function relearned(learning: Learning, { columns }: ReleaseRequest, { signal }: JobContext): Relearned {
  return { refit: refitOf(learning, columns, signal), privacyClaim: claimOf(learning) };
}

/** The candidate writes missing values as empty cells, whatever marked them in the source. */
function requestedSchema(request: ReleaseRequest, source: Source): TableSchema {
  return {
    columns: request.columns.flatMap((name) => {
      const column = source.schema.columns.find((one) => one.name === name);
      return column ? [{ ...column, missingMarkers: [''] }] : [];
    }),
  };
}
