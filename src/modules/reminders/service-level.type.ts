import { Field, ObjectType } from '@nestjs/graphql';
import type { ServiceLevel } from './request-clock.rules.js';

@ObjectType('ServiceLevel', { description: 'How long the request may wait for whoever has it now.' })
export class ServiceLevelType implements ServiceLevel {
  @Field(() => Date, {
    nullable: true,
    description: 'In working days by policy; null while nobody is waited for.',
  })
  readonly dueAt!: Date | null;

  @Field(() => Boolean, { description: 'The request was returned: the requester has it.' })
  readonly paused!: boolean;

  @Field(() => Boolean)
  readonly overdue!: boolean;
}
