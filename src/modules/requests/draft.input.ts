import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { Tier } from '../../generators/generator.js';
import { TierEnum, type UseCase, UseCaseEnum } from '../vocabulary/index.js';
import { DeclaredUseType } from './declared-use.type.js';
import { DeclarationsType } from './request.entity.js';

/** The form of a request. A draft may be incomplete; submitting it is when it is looked at. */
@InputType('RequestInput')
export class DraftInput {
  @Field(() => String)
  readonly title!: string;

  @Field(() => String, { description: 'What the data are for.' })
  readonly purpose!: string;

  @Field(() => UseCaseEnum)
  readonly useCase!: UseCase;

  @Field(() => TierEnum)
  readonly tier!: Tier;

  @Field(() => ID)
  readonly sourceId!: string;

  @Field(() => [String], { description: 'In the order they shall have; of clinical rules none.' })
  readonly columns!: string[];

  @Field(() => Int, { description: 'Of clinical rules: persons.' })
  readonly rows!: number;

  @Field(() => [String], { description: 'Such as csv; of clinical rules such as fhir.' })
  readonly formats!: string[];

  @Field(() => DeclarationsType)
  readonly declarations!: DeclarationsType;

  @Field(() => DeclaredUseType, {
    nullable: true,
    description: 'What the data are to be good for; the checks measure what is declared.',
  })
  readonly declaredUse?: DeclaredUseType | null;

  @Field(() => [ID], {
    defaultValue: [],
    description:
      'People with an account who work with you on this; they decide nothing on it. Everybody finds their id with `me`.',
  })
  readonly memberIds!: string[];
}
