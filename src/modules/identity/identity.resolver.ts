import { Args, Context, Field, InputType, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Can, clientAddress, Public, RefusalType, SignedIn, Transactions } from '../platform/index.js';
import type { Actor } from './actor.js';
import { Caller, type RequestWithActor } from './caller.js';
import { PasswordChangesService } from './password-changes.service.js';
import { PeopleService } from './people.service.js';
import { Person } from './person.entity.js';
import { PersonResult } from './person-result.js';
import { type Session, SessionResult, toSessionResult } from './session-result.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';

@InputType()
export class AddPersonInput {
  @Field(() => String)
  readonly email!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly password!: string;

  @Field(() => [String], { description: 'Names of role files, such as researcher.' })
  readonly roles!: string[];
}

@Resolver()
export class IdentityResolver {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
    private readonly people: PeopleService,
    private readonly passwords: PasswordChangesService,
    private readonly transactions: Transactions,
  ) {}

  @Mutation(() => PersonResult, {
    description:
      'With a role that decides, keeps accounts or reads the whole record the account begins disabled: by policy another administrator enables it.',
  })
  @Can('create', 'Person')
  async addPerson(
    @Caller() actor: Actor,
    @Args('input') { email, name, password, roles }: AddPersonInput,
  ): Promise<Person | RefusalType> {
    const answer = await this.people.add(actor, { email, name, password, roles, demo: false });
    return answer instanceof Person ? answer : new RefusalType(answer);
  }

  @Mutation(() => SessionResult)
  @Public()
  async signIn(
    @Args('email', { type: () => String }) email: string,
    @Args('password', { type: () => String }) password: string,
    @Context() context: { req: RequestWithActor },
  ): Promise<Session | RefusalType> {
    const answer = await this.signIns.signIn({ email, password, address: clientAddress(context.req) });
    return toSessionResult(answer);
  }

  @Mutation(() => Boolean)
  @SignedIn()
  async signOut(@Caller() actor: Actor, @Context() context: { req: RequestWithActor }): Promise<boolean> {
    const token = context.req.headers.authorization?.replace('Bearer ', '') ?? '';
    await this.sessions.signOut(actor, token);
    return true;
  }

  @Mutation(() => Boolean, { description: 'Ends all your sign-ins, this one too.' })
  @SignedIn()
  async revokeSessions(@Caller() actor: Actor): Promise<boolean> {
    await this.sessions.revokeAll(actor);
    return true;
  }

  @Mutation(() => PersonResult, {
    description: 'Ends all your sign-ins and API tokens: sign in with the new password.',
  })
  @SignedIn()
  async changePassword(
    @Caller() actor: Actor,
    @Args('current', { type: () => String }) current: string,
    @Args('next', { type: () => String, description: 'At least 12 characters.' }) next: string,
  ): Promise<Person | RefusalType> {
    const refused = await this.passwords.change(actor, current, next);
    return refused ? new RefusalType(refused) : this.me(actor);
  }

  @Query(() => Person, { description: 'The person who is signed in.' })
  @SignedIn()
  me(@Caller() actor: Actor): Promise<Person> {
    return this.transactions.reader.findOneByOrFail(Person, { id: actor.id });
  }
}
