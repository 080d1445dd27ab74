import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { refuseUse, statesOfMechanisms } from '../mechanisms/index.js';
import { Batch, type GraphqlContext, type Refusal, RefusalType, Transactions } from '../platform/index.js';
import { AllowedAction, commandsFrom, ReleaseRequest, RequestRules } from '../requests/index.js';
import { lettingOn } from './letting-on.js';

@Resolver(() => ReleaseRequest)
export class AllowedActionsResolver {
  private readonly mechanisms = new Batch((ids) => statesOfMechanisms(this.transactions.reader, ids));

  constructor(
    private readonly rules: RequestRules,
    private readonly transactions: Transactions,
  ) {}

  @ResolveField(() => [AllowedAction], { description: 'What you may do with the request now, and why not.' })
  async allowedActions(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<AllowedAction[]> {
    const commands = commandsFrom(request.state);
    const stopped = commands.some((command) => lettingOn.includes(command))
      ? await this.refuseStopped(context, request)
      : null;
    return commands.map((command) => {
      const refused =
        this.rules.refuseTo(actor, command, request) ?? (lettingOn.includes(command) ? stopped : null);
      return new AllowedAction(command, refused && new RefusalType(refused));
    });
  }

  private async refuseStopped(
    context: GraphqlContext,
    { mechanismId }: ReleaseRequest,
  ): Promise<Refusal | null> {
    const mechanism = mechanismId === null ? null : await this.mechanisms.of(context, mechanismId);
    return mechanism && refuseUse(mechanism);
  }
}
