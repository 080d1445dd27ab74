import {
  Args,
  Field,
  ID,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Tier } from '../../generators/generator.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, Job, Jobs, type Refusal, RefusalType, resultUnion, Transactions } from '../platform/index.js';
import { TierEnum } from '../vocabulary/index.js';
import { DeliveryGate } from './delivery-gate.js';
import { Delivery } from './delivery.entity.js';
import { Deliveries } from './deliveries.service.js';

@ObjectType({ description: 'Where releases may be delivered to, as the settings say.' })
export class FhirServerEntry {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly baseUrl!: string;

  @Field(() => [TierEnum])
  readonly tiers!: readonly Tier[];
}

const DeliveryResult = resultUnion('DeliveryResult', Delivery);
const answered = (answer: Delivery | Refusal): Delivery | RefusalType =>
  answer instanceof Delivery ? answer : new RefusalType(answer);

@Resolver(() => Delivery)
export class DeliveriesResolver {
  constructor(
    private readonly service: Deliveries,
    private readonly gate: DeliveryGate,
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
  ) {}

  @Query(() => [FhirServerEntry])
  @Can('deliver', 'Release')
  fhirServers(): readonly FhirServerEntry[] {
    return this.gate.servers.map(({ name, baseUrl, tiers }) => ({ name, baseUrl, tiers }));
  }

  @Query(() => [Delivery], { description: 'Newest first.' })
  @Can('read', 'Release')
  deliveries(
    @Caller() actor: Actor,
    @Args('releaseId', { type: () => ID }) releaseId: string,
  ): Promise<Delivery[]> {
    return this.service.list(actor, releaseId);
  }

  @Mutation(() => DeliveryResult, {
    description:
      'Load the FHIR files of a release into a FHIR server of the settings, or see what that would do.',
  })
  @Can('deliver', 'Release')
  async deliverRelease(
    @Caller() actor: Actor,
    @Args('releaseId', { type: () => ID }) releaseId: string,
    @Args('server', { type: () => String }) server: string,
    @Args('dryRun', { type: () => Boolean, description: 'Only looks at what the server has.' })
    isDryRun: boolean,
  ): Promise<Delivery | RefusalType> {
    return answered(await this.service.ask(actor, { releaseId, server, isDryRun }));
  }

  @Mutation(() => DeliveryResult, { description: 'Stop it; what was posted before stays on the server.' })
  @Can('deliver', 'Release')
  async cancelDelivery(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Delivery | RefusalType> {
    return answered(await this.service.cancel(actor, id));
  }

  @ResolveField(() => Job, { nullable: true })
  job(@Parent() { id }: Delivery): Promise<Job | null> {
    return this.jobs.latestFor(this.transactions.reader, id);
  }
}
