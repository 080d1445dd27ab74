import { Field, ObjectType } from '@nestjs/graphql';
import type { FactGroup } from './assessment-content.js';
import type { AssessmentChange } from './assessment-diff.js';

@ObjectType({ description: 'A question of the assessment, and the facts that bear on it.' })
export class AssessmentQuestion {
  @Field(() => String)
  readonly id!: string;

  @Field(() => String)
  readonly section!: string;

  @Field(() => String)
  readonly text!: string;

  @Field(() => String)
  readonly help!: string;

  @Field(() => Boolean)
  readonly required!: boolean;

  @Field(() => [String], { description: 'Ids of groups of facts.' })
  readonly evidence!: readonly string[];
}

@ObjectType()
class FactType {
  @Field(() => String)
  readonly label!: string;

  @Field(() => String)
  readonly value!: string;
}

@ObjectType()
class FactTable {
  @Field(() => [String])
  readonly head!: readonly string[];

  @Field(() => [[String]])
  readonly rows!: readonly (readonly string[])[];
}

@ObjectType({ description: 'Filled in from the records; nobody edits it.' })
export class FactGroupType implements FactGroup {
  @Field(() => String)
  readonly id!: FactGroup['id'];

  @Field(() => String)
  readonly title!: string;

  @Field(() => [FactType])
  readonly facts!: readonly FactType[];

  @Field(() => FactTable, { nullable: true })
  readonly table!: FactTable | null;
}

@ObjectType('AssessmentChange', { description: 'What differs from the version before.' })
export class AssessmentChangeType implements AssessmentChange {
  @Field(() => String, { description: 'Such as "answer processing.scope" or "risk linkage".' })
  readonly place!: string;

  @Field(() => String, { nullable: true })
  readonly before!: string | null;

  @Field(() => String, { nullable: true })
  readonly after!: string | null;
}
