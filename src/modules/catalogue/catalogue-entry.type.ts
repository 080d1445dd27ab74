import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Tier } from '../../generators/generator.js';
import { TierEnum, type UseCase, UseCaseEnum } from '../vocabulary/index.js';

@ObjectType({
  description:
    'That a release is there and how it came about: no row, no file, no figure of a source, and nobody by name.',
})
export class CatalogueEntry {
  @Field(() => ID, { description: 'Of the release; what access of tier HIGH is applied for by.' })
  readonly id!: string;

  @Field(() => String, { description: 'For people to speak of it.' })
  readonly reference!: string;

  @Field(() => TierEnum)
  readonly tier!: Tier;

  @Field(() => String, {
    description:
      'PUBLISHED, or why it is not given out (any longer): SUSPENDED, REVOKED, EXPIRED, SUPERSEDED.',
  })
  readonly state!: string;

  @Field(() => String, { nullable: true, description: 'Of tier HIGH only where the policy shows it.' })
  readonly title!: string | null;

  @Field(() => UseCaseEnum)
  readonly useCase!: UseCase;

  @Field(() => Int, { description: 'Synthetic rows.' })
  readonly rows!: number;

  @Field(() => Int)
  readonly columnCount!: number;

  @Field(() => [String])
  readonly formats!: readonly string[];

  @Field(() => String, { description: 'Name and version.' })
  readonly generator!: string;

  @Field(() => String, { nullable: true, description: 'Of tier HIGH only where the policy shows the title.' })
  readonly releaseNotes!: string | null;

  @Field(() => String, { nullable: true, description: 'Of tier HIGH only where the policy shows the title.' })
  readonly limitations!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Different people who downloaded a file of it, rounded; null: few, or nobody.',
  })
  readonly downloaders!: number | null;

  @Field(() => Date)
  readonly publishedAt!: Date;

  @Field(() => Date)
  readonly expiresAt!: Date;
}
