import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can } from '../platform/index.js';
import { EndOfUseService } from './end-of-use.service.js';
import { AccessGrantResult, type GrantAnswer, toGrantResult } from './grant-result.js';
import { RefereesService } from './referees.service.js';

const id = { type: () => ID };
const text = { type: () => String };

/** What applicants and holders do with what is theirs. */
@Resolver()
export class HolderResolver {
  constructor(
    private readonly endOfUse: EndOfUseService,
    private readonly referees: RefereesService,
  ) {}

  @Mutation(() => AccessGrantResult, {
    description: 'Write to the referee again; the earlier letter is void.',
  })
  @Can('withdraw', 'AccessGrant')
  async writeToRefereeAgain(@Caller() actor: Actor, @Args('id', id) grantId: string): GrantAnswer {
    return toGrantResult(await this.referees.writeAgain(actor, grantId));
  }

  @Mutation(() => AccessGrantResult)
  @Can('withdraw', 'AccessGrant')
  async withdrawApplication(@Caller() actor: Actor, @Args('id', id) grantId: string): GrantAnswer {
    return toGrantResult(await this.endOfUse.withdraw(actor, grantId));
  }

  @Mutation(() => AccessGrantResult, { description: 'End your access before its time.' })
  @Can('relinquish', 'AccessGrant')
  async relinquishAccess(@Caller() actor: Actor, @Args('id', id) grantId: string): GrantAnswer {
    return toGrantResult(await this.endOfUse.relinquish(actor, grantId));
  }

  @Mutation(() => AccessGrantResult, { description: 'What the data were used for.' })
  @Can('close', 'AccessGrant')
  async writeEndNote(
    @Caller() actor: Actor,
    @Args('id', id) grantId: string,
    @Args('note', text) note: string,
  ): GrantAnswer {
    return toGrantResult(await this.endOfUse.writeNote(actor, grantId, note));
  }

  @Mutation(() => AccessGrantResult, { description: 'That the files and all copies are destroyed, and how.' })
  @Can('close', 'AccessGrant')
  async confirmFilesDestroyed(
    @Caller() actor: Actor,
    @Args('id', id) grantId: string,
    @Args('statement', text) statement: string,
  ): GrantAnswer {
    return toGrantResult(await this.endOfUse.confirmDestroyed(actor, grantId, statement));
  }

  @Mutation(() => AccessGrantResult, { description: 'After the note and the confirmation of destruction.' })
  @Can('close', 'AccessGrant')
  async closeAccess(@Caller() actor: Actor, @Args('id', id) grantId: string): GrantAnswer {
    return toGrantResult(await this.endOfUse.close(actor, grantId));
  }
}
