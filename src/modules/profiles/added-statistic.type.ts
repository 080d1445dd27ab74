import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AddedStatistic } from '../../evaluation/disclosure/review/added-statistics.js';
import { type ControlMethod, controlMethods, type StatisticDecision } from './added-statistic.rules.js';

const ControlMethodEnum = Object.fromEntries(controlMethods.map((method) => [method, method]));
registerEnumType(ControlMethodEnum, { name: 'ControlMethod' });

const StatisticRiskEnum = { LOW: 'LOW', MEDIUM: 'MEDIUM', HIGH: 'HIGH' } as const;
registerEnumType(StatisticRiskEnum, { name: 'StatisticRisk' });

@ObjectType('AddedStatistic', { description: 'Said by this profile and not by the last signed one.' })
export class AddedStatisticType implements AddedStatistic {
  @Field(() => String, { description: 'Its name for `signProfile`, such as "column age".' })
  readonly statistic!: string;

  @Field(() => String)
  readonly why!: string;
}

@InputType('StatisticDecisionInput')
@ObjectType('StatisticDecision', { description: 'What the signer said of one added statistic.' })
export class StatisticDecisionType implements StatisticDecision {
  @Field(() => String)
  readonly statistic!: string;

  @Field(() => String, { description: 'Why it is needed, and what is particular about the data.' })
  readonly reason!: string;

  @Field(() => StatisticRiskEnum)
  readonly risk!: StatisticDecision['risk'];

  @Field(() => [ControlMethodEnum])
  readonly methods!: ControlMethod[];

  @Field(() => String, { description: 'How the methods were put into effect, and why that is enough.' })
  readonly control!: string;
}
