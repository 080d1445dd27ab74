import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { In } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { Batch, CLOCK, type GraphqlContext, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { RequestClock } from './request-clock.entity.js';
import { serviceLevelOf } from './request-clock.rules.js';
import { ServiceLevelType } from './service-level.type.js';

@Resolver(() => ReleaseRequest)
export class ServiceLevelResolver {
  private readonly clocks = new Batch(async (ids) => {
    const clocks = await this.transactions.reader.findBy(RequestClock, { requestId: In(ids) });
    return new Map(clocks.map((one) => [one.requestId, one]));
  });

  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @ResolveField(() => ServiceLevelType, { nullable: true, description: 'Null for a draft.' })
  async sla(
    @Context() context: GraphqlContext,
    @Parent() { id }: ReleaseRequest,
  ): Promise<ServiceLevelType | null> {
    const clock = await this.clocks.of(context, id);
    return clock && serviceLevelOf(clock, this.clock.now());
  }
}
