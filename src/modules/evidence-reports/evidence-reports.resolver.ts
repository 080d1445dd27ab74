import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Evaluation } from '../evaluations/index.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, Job, Jobs, RefusalType, resultUnion, Transactions } from '../platform/index.js';
import { EvidenceReport } from './evidence-report.entity.js';
import { EvidenceReportOrders } from './evidence-report-orders.js';
import { EvidenceReportReading } from './evidence-report-reading.js';

const EvidenceReportOrderResult = resultUnion('EvidenceReportOrderResult', Evaluation);

@Resolver(() => Evaluation)
export class EvidenceReportsResolver {
  constructor(
    private readonly orders: EvidenceReportOrders,
    private readonly reading: EvidenceReportReading,
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
  ) {}

  @Mutation(() => EvidenceReportOrderResult, {
    description: 'Have the evidence report of a candidate made, once. Real rows are read for it.',
  })
  @Can('order', 'EvidenceReport')
  async orderEvidenceReport(
    @Caller() actor: Actor,
    @Args('evaluationId', { type: () => ID }) evaluationId: string,
  ): Promise<Evaluation | RefusalType> {
    const result = await this.orders.order(actor, evaluationId);
    return result instanceof Evaluation ? result : new RefusalType(result);
  }

  @ResolveField(() => EvidenceReport, {
    nullable: true,
    description:
      'For those who judge the candidate, once it was ordered and made: at /evaluations/{id}/report.html, .json and .pdf.',
  })
  report(@Caller() actor: Actor, @Parent() evaluation: Evaluation): Promise<EvidenceReport | null> {
    return this.reading.of(actor, evaluation);
  }

  @ResolveField(() => Job, { nullable: true, description: 'The making of its report, now or last.' })
  reportJob(@Parent() { id }: Evaluation): Promise<Job | null> {
    return this.jobs.latestFor(this.transactions.reader, id);
  }
}
