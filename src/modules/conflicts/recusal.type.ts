import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'Somebody who declared a conflict of interest and has no say in it.' })
export class Recusal {
  @Field(() => ID, { description: 'Of the conflict of interest.' })
  readonly id!: string;

  @Field(() => String)
  readonly person!: string;

  @Field(() => Date)
  readonly declaredAt!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'For the person, for auditors, and for who is asked to agree to its withdrawal; null for others.',
  })
  readonly statement!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it is none any longer, in the words of the person; for those who see the statement.',
  })
  readonly withdrawalReason!: string | null;

  @Field(() => Date, { nullable: true, description: 'Since then the person has a say again.' })
  readonly withdrawnAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who agreed to the withdrawal.' })
  readonly withdrawnBy!: string | null;
}
