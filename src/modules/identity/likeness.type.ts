import { Field, ObjectType } from '@nestjs/graphql';
import type { Likeness } from './one-human.rules.js';

@ObjectType({ description: 'Two people with a part in it may be one human: look before you decide.' })
export class LikenessType implements Likeness {
  @Field(() => [String], { description: 'The parts that they have; "judge" is you.' })
  readonly parts!: readonly [string, string];

  @Field(() => String, { description: 'ADDRESS, MAILBOX_NAME (elsewhere) or NAME.' })
  readonly basis!: Likeness['basis'];
}
