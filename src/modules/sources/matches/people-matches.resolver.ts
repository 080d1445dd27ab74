import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../../identity/index.js';
import {
  Batch,
  Can,
  type GraphqlContext,
  type Refusal,
  RefusalType,
  resultUnion,
} from '../../platform/index.js';
import { Source } from '../source.entity.js';
import { PeopleMatch } from './people-match.entity.js';
import { PeopleMatchesService } from './people-matches.service.js';

const PeopleMatchResult = resultUnion('PeopleMatchResult', PeopleMatch);

const answer = (result: PeopleMatch | Refusal): PeopleMatch | RefusalType =>
  result instanceof PeopleMatch ? result : new RefusalType(result);

@Resolver(() => Source)
export class PeopleMatchesResolver {
  private readonly matches = new Batch((ids) => this.service.ofSources(ids));

  constructor(private readonly service: PeopleMatchesService) {}

  @ResolveField(() => [PeopleMatch], {
    description: 'Other sources of the same people, for those who see privacy budgets; nothing for others.',
  })
  async peopleMatches(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() { id }: Source,
  ): Promise<PeopleMatch[]> {
    return actor.mayEver('read', 'Ledger') ? ((await this.matches.of(context, id)) ?? []) : [];
  }

  @Mutation(() => PeopleMatchResult, {
    description: 'These are the same people: from now on they have one privacy budget.',
  })
  @Can('match', 'Source')
  async matchSources(
    @Caller() actor: Actor,
    @Args('sourceId', { type: () => ID }) sourceId: string,
    @Args('otherId', { type: () => ID }) otherId: string,
    @Args('reason', { type: () => String }) reason: string,
  ): Promise<PeopleMatch | RefusalType> {
    return answer(await this.service.match(actor, [sourceId, otherId], reason));
  }

  @Mutation(() => PeopleMatchResult, {
    description: 'What the two have in common says nothing of people, such as running numbers.',
  })
  @Can('match', 'Source')
  async proposeSeparation(
    @Caller() actor: Actor,
    @Args('matchId', { type: () => ID }) id: string,
    @Args('reason', { type: () => String }) reason: string,
  ): Promise<PeopleMatch | RefusalType> {
    return answer(await this.service.propose(actor, id, reason));
  }

  @Mutation(() => PeopleMatchResult, {
    description: 'Somebody else agrees: each of the two has a privacy budget of its own.',
  })
  @Can('separate', 'Source')
  async confirmSeparation(
    @Caller() actor: Actor,
    @Args('matchId', { type: () => ID }) id: string,
  ): Promise<PeopleMatch | RefusalType> {
    return answer(await this.service.confirm(actor, id));
  }
}
