import { Field, ObjectType } from '@nestjs/graphql';
import { type Refusal, RefusalType, resultUnion } from '../platform/index.js';
import { Person } from './person.entity.js';
import type { SignedInPerson } from './sessions.service.js';

@ObjectType()
export class Session {
  @Field(() => String, { description: 'Send it as "Authorization: Bearer <token>". It is shown once.' })
  readonly token: string;

  @Field(() => Date)
  readonly expiresAt: Date;

  @Field(() => Person)
  readonly person: Person;

  constructor(token: string, expiresAt: Date, person: Person) {
    this.token = token;
    this.expiresAt = expiresAt;
    this.person = person;
  }
}

/** What every way to sign in answers. */
export const SessionResult = resultUnion('SessionResult', Session);

export function toSessionResult(answer: SignedInPerson | Refusal): Session | RefusalType {
  return 'token' in answer
    ? new Session(answer.token, answer.expiresAt, answer.person)
    : new RefusalType(answer);
}
