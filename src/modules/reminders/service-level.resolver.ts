import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { RequestClock } from './request-clock.entity.js';
import { serviceLevelOf } from './request-clock.rules.js';
import { ServiceLevelType } from './service-level.type.js';

@Resolver(() => ReleaseRequest)
export class ServiceLevelResolver {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @ResolveField(() => ServiceLevelType, { nullable: true, description: 'Null for a draft.' })
  async sla(@Parent() { id: requestId }: ReleaseRequest): Promise<ServiceLevelType | null> {
    const clock = await this.transactions.reader.findOneBy(RequestClock, { requestId });
    return clock && serviceLevelOf(clock, this.clock.now());
  }
}
