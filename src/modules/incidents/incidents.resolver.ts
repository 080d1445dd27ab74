import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  Mutation,
  Parent,
  Query,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import {
  Batch,
  Can,
  type GraphqlContext,
  type Refusal,
  RefusalType,
  resultUnion,
  SignedIn,
  Transactions,
} from '../platform/index.js';
import { AffectedRelease, affectedReleases } from './affected-releases.js';
import { Incident, SeverityEnum } from './incident.entity.js';
import type { IncidentCommand, Severity } from './incident.state.js';
import { IncidentsService } from './incidents.service.js';

const IncidentResult = resultUnion('IncidentResult', Incident);

const commandNames: Readonly<Record<string, IncidentCommand>> = {
  TRIAGE: 'triage',
  CONTAIN: 'contain',
  CONFIRM: 'confirm',
  DISMISS: 'dismiss',
  CLOSE: 'close',
};
registerEnumType(commandNames, { name: 'IncidentCommand' });

const answer = (result: Incident | Refusal): Incident | RefusalType =>
  result instanceof Incident ? result : new RefusalType(result);

@ArgsType()
class CommandIncidentArgs {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => commandNames)
  readonly command!: IncidentCommand;

  @Field(() => String)
  readonly note!: string;

  @Field(() => SeverityEnum, {
    nullable: true,
    description: 'With TRIAGE: how grave it is; without it, as reported.',
  })
  readonly severity?: Severity | null;

  @Field(() => String, {
    nullable: true,
    description:
      'With CLOSE: the address (https) of what was changed in the policy, or the hash of the new one.',
  })
  readonly policyChange?: string | null;
}

@Resolver(() => Incident)
export class IncidentsResolver {
  private readonly affected = new Batch<AffectedRelease[]>((ids) =>
    affectedReleases(this.transactions.reader, ids),
  );

  constructor(
    private readonly service: IncidentsService,
    private readonly transactions: Transactions,
  ) {}

  @Query(() => [Incident], { description: 'Newest first.' })
  @Can('read', 'Incident')
  incidents(): Promise<Incident[]> {
    return this.service.list();
  }

  @Mutation(() => IncidentResult, {
    description: 'Report a problem with a release, such as a person who seems recognisable.',
  })
  @SignedIn()
  async reportIncident(
    @Caller() actor: Actor,
    @Args('requestId', { type: () => ID }) requestId: string,
    @Args('severity', { type: () => SeverityEnum }) severity: Severity,
    @Args('description', { type: () => String }) description: string,
  ): Promise<Incident | RefusalType> {
    return answer(await this.service.report(actor, requestId, { severity, description }));
  }

  @Mutation(() => IncidentResult, { description: 'Move an incident on. Confirming it recalls the release.' })
  @Can('triage', 'Incident')
  async commandIncident(
    @Caller() actor: Actor,
    @Args() { id, command, note, severity, policyChange }: CommandIncidentArgs,
  ): Promise<Incident | RefusalType> {
    return answer(
      await this.service.command(actor, id, {
        ...{ command, note },
        ...{ severity: severity ?? null, policyChange: policyChange?.trim() ?? null },
      }),
    );
  }

  @ResolveField(() => [AffectedRelease], {
    name: 'affected',
    description: 'Whatever else it may be true of, for whoever judges it; the release itself first.',
  })
  async affectedBy(
    @Context() context: GraphqlContext,
    @Parent() { requestId }: Incident,
  ): Promise<AffectedRelease[]> {
    return (await this.affected.of(context, requestId)) ?? [];
  }
}
