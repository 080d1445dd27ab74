import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'Somebody who declared a conflict of interest and has no say in it.' })
export class Recusal {
  @Field(() => String)
  readonly person: string;

  @Field(() => Date)
  readonly declaredAt: Date;

  @Field(() => String, { nullable: true, description: 'For the person and for auditors; null for others.' })
  readonly statement: string | null;

  constructor(person: string, declaredAt: Date, statement: string | null) {
    this.person = person;
    this.declaredAt = declaredAt;
    this.statement = statement;
  }
}
