import { Field, ObjectType } from '@nestjs/graphql';
import { RefusalType } from '../platform/index.js';

@ObjectType({ description: 'A command that can be given in this state, and whether by you.' })
export class AllowedAction {
  @Field(() => String)
  readonly command: string;

  @Field(() => RefusalType, { nullable: true, description: 'Why you may not; null when you may.' })
  readonly refusal: RefusalType | null;

  constructor(command: string, refusal: RefusalType | null) {
    this.command = command;
    this.refusal = refusal;
  }

  @Field(() => Boolean)
  get allowed(): boolean {
    return this.refusal === null;
  }
}
