import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { In } from 'typeorm';
import { type Actor, Caller, inParts, type Likeness, LikenessType, peopleById } from '../identity/index.js';
import { Batch, type GraphqlContext, RefusalType, Transactions } from '../platform/index.js';
import { AllowedAction } from '../requests/index.js';
import { alikeAmong, partsInGrant } from './alike-in-grant.js';
import { GrantCommands } from './grant-commands.js';
import { AccessGrant } from './grant.entity.js';
import { grantCommandsFrom } from './grant.state.js';
import { teamsOfReleases } from './release-teams.js';
import { Training } from './training.entity.js';

/** What is shown with a grant, looked up at once for all of a list. */
@Resolver(() => AccessGrant)
export class GrantFieldsResolver {
  private readonly teams = new Batch((ids) => teamsOfReleases(this.transactions.reader, ids));
  private readonly people = new Batch((ids) => peopleById(this.transactions.reader, ids));
  private readonly trainings = new Batch(async (ids) => {
    const found = await this.transactions.reader.findBy(Training, { id: In(ids) });
    return new Map(found.map((one) => [one.id, one]));
  });

  constructor(
    private readonly commands: GrantCommands,
    private readonly transactions: Transactions,
  ) {}

  @ResolveField(() => [AllowedAction], { description: 'What you may do with it now, and why not.' })
  async allowedActions(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() grant: AccessGrant,
  ): Promise<AllowedAction[]> {
    const [person, team] = await Promise.all([
      this.people.of(context, actor.id),
      this.teams.of(context, grant.releaseId),
    ]);
    return grantCommandsFrom(grant.state).map((command) => {
      const given = { email: person?.email ?? '', team };
      const refused = this.commands.refuseGiven(actor, command, grant, given);
      return new AllowedAction(command, refused && new RefusalType(refused));
    });
  }

  @ResolveField(() => [LikenessType], { description: 'For those who decide on it; nothing for others.' })
  async alikePeople(
    @Caller() actor: Actor,
    @Context() context: GraphqlContext,
    @Parent() grant: AccessGrant,
  ): Promise<Likeness[]> {
    if (!actor.may('assess', grant)) return [];
    const parts = partsInGrant(grant, await this.teams.of(context, grant.releaseId), actor.id);
    const ids = parts.flatMap(([, id]) => id ?? []);
    const people = await Promise.all(ids.map((id) => this.people.of(context, id)));
    return alikeAmong(
      grant,
      inParts(
        people.flatMap((person) => person ?? []),
        parts,
      ),
    );
  }

  @ResolveField(() => Training)
  training(
    @Context() context: GraphqlContext,
    @Parent() { trainingId }: AccessGrant,
  ): Promise<Training | null> {
    return this.trainings.of(context, trainingId);
  }

  @ResolveField(() => String, { nullable: true, description: 'In confidence: not for the applicant.' })
  refereeStatement(@Caller() actor: Actor, @Parent() grant: AccessGrant): string | null {
    return actor.id === grant.personId ? null : grant.refereeStatement;
  }
}
