import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { type Refusal, refusalCodes, type RefusalCode } from './refusal.js';

const RefusalCodeEnum = Object.fromEntries(refusalCodes.map((code) => [code, code]));
registerEnumType(RefusalCodeEnum, { name: 'RefusalCode' });

/** The GraphQL face of a refusal; every mutation's union has it as a member. */
@ObjectType('Refusal')
export class RefusalType implements Refusal {
  @Field(() => RefusalCodeEnum)
  readonly code: RefusalCode;

  @Field(() => String, { description: 'A sentence for the person who asked.' })
  readonly message: string;

  @Field(() => String, { nullable: true, description: 'The field, column or object the refusal is about.' })
  readonly place?: string;

  constructor(refused: Refusal) {
    this.code = refused.code;
    this.message = refused.message;
    if (refused.place !== undefined) this.place = refused.place;
  }
}
