import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

const matchStates = ['MATCHED', 'SEPARATION_PROPOSED', 'SEPARATED'] as const;
export type MatchState = (typeof matchStates)[number];
const MatchStateEnum = Object.fromEntries(matchStates.map((state) => [state, state]));
registerEnumType(MatchStateEnum, {
  name: 'PeopleMatchState',
  description: 'Sources count as being about the same people until a separation is confirmed.',
});

const matchBases = ['SUBJECTS', 'ROWS', 'SAID'] as const;
export type MatchBasis = (typeof matchBases)[number];
const MatchBasisEnum = Object.fromEntries(matchBases.map((basis) => [basis, basis]));
registerEnumType(MatchBasisEnum, {
  name: 'PeopleMatchBasis',
  description: 'SUBJECTS: identifiers in common. ROWS: rows in common. SAID: somebody said so.',
});

/** That two sources are about the same people: they have one privacy budget, and are subtracted from each other. */
@ObjectType()
@Entity('people_match')
export class PeopleMatch {
  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  oneId!: string;

  @Field(() => ID)
  @Column('uuid')
  otherId!: string;

  @Field(() => MatchBasisEnum)
  @Column('text')
  basis!: MatchBasis;

  @Field(() => Float, {
    nullable: true,
    description: 'About so much of the smaller source is in the other one.',
  })
  @Column('double precision', { nullable: true })
  share!: number | null;

  @Field(() => MatchStateEnum)
  @Column('text')
  state!: MatchState;

  @Field(() => String, { nullable: true, description: 'Of whoever said so, or proposed to separate them.' })
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('uuid', { nullable: true })
  proposedById!: string | null;

  @Column('uuid', { nullable: true })
  confirmedById!: string | null;

  @Field(() => Date)
  @Column('timestamptz')
  changedAt!: Date;
}
