import { Args, ID, Mutation, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type Refusal, RefusalType, resultUnion, SignedIn } from '../platform/index.js';
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

@Resolver()
export class IncidentsResolver {
  constructor(private readonly service: IncidentsService) {}

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
    @Args('id', { type: () => ID }) id: string,
    @Args('command', { type: () => commandNames }) command: IncidentCommand,
    @Args('note', { type: () => String }) note: string,
    @Args('severity', {
      type: () => SeverityEnum,
      nullable: true,
      description: 'With TRIAGE: how grave it is; without it, as reported.',
    })
    severity: Severity | null,
  ): Promise<Incident | RefusalType> {
    return answer(await this.service.command(actor, id, { command, note, severity: severity ?? null }));
  }
}
