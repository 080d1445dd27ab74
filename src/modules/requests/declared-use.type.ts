import { Field, Float, InputType, ObjectType } from '@nestjs/graphql';
import type { DeclaredUse } from './declared-use.rules.js';

@InputType('ProtectedColumnInput')
@ObjectType('ProtectedColumn', { description: 'A column that says which group of people a row is about.' })
class ProtectedColumnType {
  @Field(() => String)
  readonly column!: string;

  @Field(() => [Float], {
    description: 'Of a number column, rising: where its bands begin. Of categories none.',
    defaultValue: [],
  })
  readonly cuts!: number[];
}

@InputType('DeclaredUseInput')
@ObjectType('DeclaredUse', {
  description: 'What the data are to be good for. The checks of the candidate measure it by the policy.',
})
export class DeclaredUseType implements DeclaredUse {
  @Field(() => String, { nullable: true, description: 'The column that models are to predict.' })
  readonly target!: string | null;

  @Field(() => [ProtectedColumnType], { defaultValue: [] })
  readonly protectedColumns!: ProtectedColumnType[];

  @Field(() => String, {
    nullable: true,
    description: 'Clinical rules that must hold in every row, as YAML or JSON.',
  })
  readonly rules!: string | null;
}
