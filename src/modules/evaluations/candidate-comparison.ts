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
import { Source, SourceRows, type SplitRows } from '../sources/index.js';
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

  check(under: CandidateUnderCheck, context: JobContext): Promise<Check[]> {
    return this.withContext(under, context, async (compared) => {
      const ofTier = this.policy.thresholds[under.request.tier] ?? { checks: {}, declaredChecks: {} };
      return evaluate(compared, await demandedChecks(ofTier, compared));
    });
  }

  /** Does its work on the candidate and what its tier may be compared with. */
  async withContext<Result>(
    { request, candidate, source, found }: CandidateUnderCheck,
    context: JobContext,
    work: (compared: EvaluationContext) => Promise<Result>,
  ): Promise<Result> {
    const { mechanismHash: hash } = candidate;
    const { reader } = this.transactions;
    const mechanism = await reader.findOneByOrFail(Mechanism, { hash, sourceId: source.id });
    const profile = await this.profileOf(mechanism);
    const schema = requestedSchema(request, source);
    const model = await this.modelOf(mechanism);
    const learned = learningOf(model, mechanism, source);
    const learning = learned ? relearned(learned, request, context) : {};
    return this.withReal({ tier: request.tier, source, model }, (real) =>
      this.files.withColumns(found, schema, (synthetic) =>
        work(this.contextOf({ request, schema, profile, ...real, learning, synthetic, found, context })),
      ),
    );
  }

  private async profileOf({ profileId }: Mechanism): Promise<Profile | null> {
    if (profileId === null) return null;
    const { content } = await this.transactions.reader.findOneByOrFail(SourceProfile, { id: profileId });
    if (!content) throw new FinalJobError('The signed profile is gone.');
    return content;
  }

  private async modelOf({ modelId }: Mechanism): Promise<SourceModel | null> {
    if (modelId === null) return null;
    return this.transactions.reader.findOneByOrFail(SourceModel, { id: modelId });
  }

  /** The real rows that the tier's generators saw, and for HIGH the rows that none of them has seen. */
  private withReal<Result>(
    { tier, source, model }: Compare,
    work: (real: RealRows) => Promise<Result>,
  ): Promise<Result> {
    switch (tier) {
      case 'STRUCTURAL':
        return work({ real: null, holdout: null });
      case 'LOW':
        return this.rows.withAll(source, (real) => work({ real, holdout: null }));
      case 'HIGH':
        return this.rows.withSplit(source, (split) => work(realRowsOf(split, model)));
    }
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

interface Compare {
  readonly tier: ReleaseRequest['tier'];
  readonly source: Source;
  readonly model: SourceModel | null;
}

/** @throws {FinalJobError} when the model was learned from other halves: it may have seen the holdout */
function realRowsOf({ train, holdout, splitKey }: SplitRows, model: SourceModel | null): RealRows {
  if (model && model.splitKey !== splitKey)
    throw new FinalJobError('The model was learned from another half of the people; fit it again.');
  return { real: train, holdout };
}

/** How the mechanism of a model can be learned again, and what it promises; nothing for the other tiers. */
function learningOf(model: SourceModel | null, mechanism: Mechanism, source: Source): Learning | null {
  const generator = findGenerator(mechanism.generator);
  if (model === null || generator?.sees !== 'rows') return null;
  const names = model.columns.map((column) => column.name);
  const schema = { columns: source.schema.columns.filter((column) => names.includes(column.name)) };
  return { generator, parameters: model.parameters, schema };
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
