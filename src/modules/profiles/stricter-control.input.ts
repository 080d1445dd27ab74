import { Field, Float, InputType, Int } from '@nestjs/graphql';
import type { StricterControl } from './stricter-control.rules.js';

@InputType({ description: 'What is to be stricter than the policy; a laxer value is refused.' })
export class StricterControlInput {
  @Field(() => Int, { nullable: true, description: 'The same or more.' })
  readonly cellCountMin!: number | null | undefined;

  @Field(() => Int, { nullable: true, description: 'The same or more.' })
  readonly countRounding!: number | null | undefined;

  @Field(() => Float, { nullable: true, description: 'The same or more.' })
  readonly tailShare!: number | null | undefined;

  @Field(() => Int, { nullable: true, description: 'The same or fewer.' })
  readonly binsMax!: number | null | undefined;

  @Field(() => Int, { nullable: true, description: 'The same or fewer.' })
  readonly categoriesMax!: number | null | undefined;
}

/** What was given, without what was left out. */
export function stricterControlOf(input: StricterControlInput | null): StricterControl {
  const { cellCountMin, countRounding, tailShare, binsMax, categoriesMax } = input ?? {};
  return {
    ...(cellCountMin != null && { cellCountMin }),
    ...(countRounding != null && { countRounding }),
    ...(tailShare != null && { tailShare }),
    ...(binsMax != null && { binsMax }),
    ...(categoriesMax != null && { categoriesMax }),
  };
}
