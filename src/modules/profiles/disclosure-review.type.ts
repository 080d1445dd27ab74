import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { DisclosureReview } from '../../evaluation/disclosure/review/review-profile.js';
import { AddedStatisticType } from './added-statistic.type.js';

const ReviewStatusEnum = { PASS: 'pass', REVIEW: 'review', FAIL: 'fail' } as const;
registerEnumType(ReviewStatusEnum, { name: 'ReviewStatus', description: 'FAIL: the profile is not signed.' });

@ObjectType('DisclosureFinding', { description: 'What one rule of disclosure control says of the profile.' })
export class DisclosureFindingType {
  @Field(() => String)
  readonly rule!: string;

  @Field(() => ReviewStatusEnum)
  readonly status!: 'review' | 'fail';

  @Field(() => String, { nullable: true })
  readonly column!: string | null;

  @Field(() => String, { nullable: true, description: 'Such as "range 40 to under 45" or "missing".' })
  readonly figure!: string | null;

  @Field(() => [String], { description: 'Hashes of the earlier profiles it takes to see it.' })
  readonly publications!: readonly string[];

  @Field(() => String)
  readonly why!: string;
}

@ObjectType('DisclosureReview', {
  description: 'What information governance reads before it signs a profile.',
})
export class DisclosureReviewType implements Pick<DisclosureReview, 'status' | 'description' | 'columns'> {
  @Field(() => ReviewStatusEnum, { description: 'The worst of the findings.' })
  readonly status!: DisclosureReview['status'];

  @Field(() => String, { description: 'What leaves the real zone, in words.' })
  readonly description!: string;

  @Field(() => [String], { description: 'The same column by column.' })
  readonly columns!: readonly string[];

  @Field(() => [DisclosureFindingType], { description: 'Fails first.' })
  readonly findings!: readonly DisclosureFindingType[];

  @Field(() => [String], {
    description: 'What has changed since the last signed profile of the source, in words.',
  })
  readonly changes!: readonly string[];

  @Field(() => [AddedStatisticType], {
    description: 'What it says that the last signed profile did not: each is decided on by its name.',
  })
  readonly added!: readonly AddedStatisticType[];
}

export function toReviewType(review: DisclosureReview): DisclosureReviewType {
  const { status, description, columns, findings, difference, added } = review;
  return { status, description, columns, findings, changes: difference?.sentences ?? [], added };
}
