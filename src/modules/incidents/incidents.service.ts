import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { refuseReason } from '../decisions/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { Incident } from './incident.entity.js';
import { type IncidentCommand, incidentTarget, type Severity, suspendsAtOnce } from './incident.state.js';
import { refuseIncidentCommand, refusePolicyChange } from './incident.rules.js';
import { involvedIn } from './involved-people.js';
import { OversightService } from './oversight.service.js';

/** UK GDPR article 33(1). */
const regulatorHours = 72;
const msPerHour = 3_600_000;

interface GivenCommand {
  readonly command: IncidentCommand;
  readonly note: string;
  /** With `triage`; null: as reported. */
  readonly severity: Severity | null;
  /** With `close`; null: none, or for another command. */
  readonly policyChange: string | null;
}

@Injectable()
export class IncidentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly oversight: OversightService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  list(): Promise<Incident[]> {
    return this.transactions.reader.find(Incident, { order: { reportedAt: 'DESC' }, take: 200 });
  }

  /** Anybody who is signed in may report. By policy the report alone can stop the release. */
  report(
    actor: Actor,
    requestId: string,
    { severity, description }: { readonly severity: Severity; readonly description: string },
  ): Promise<Incident | Refusal> {
    return this.transactions.run(async (manager) => {
      const isReleased = await this.wasReleased(manager, requestId);
      const refused =
        refuseReason(description) ??
        (isReleased ? null : refusal('NOT_FOUND', 'There is no such release.', requestId));
      const incident = refused ? null : await this.save(manager, actor, requestId, { severity, description });
      await this.record(manager, actor, 'report-incident', {
        incident,
        refused,
        details: { requestId, severity },
      });
      if (incident) await this.stopIfGrave(manager, incident);
      return refused ?? incident ?? refusal('NOT_FOUND', 'There is no such release.');
    });
  }

  /** A confirmed incident recalls the release with it; one that is found grave enough stops it. */
  command(actor: Actor, id: string, given: GivenCommand): Promise<Incident | Refusal> {
    return this.transactions.run(async (manager) => {
      const incident = await manager.findOne(Incident, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!incident) return refusal('NOT_FOUND', 'There is no such incident.', id);
      const refused = await this.refuse(manager, actor, incident, given);
      if (!refused) await this.proceed(manager, actor, incident, given);
      const { command, note, severity, policyChange } = given;
      await this.record(manager, actor, `${command}-incident`, {
        incident,
        refused,
        details: {
          note,
          ...(severity === null ? {} : { severity }),
          ...(policyChange === null ? {} : { policyChange }),
        },
      });
      return refused ?? incident;
    });
  }

  private async refuse(
    manager: EntityManager,
    actor: Actor,
    incident: Incident,
    { command, note, severity, policyChange }: GivenCommand,
  ): Promise<Refusal | null> {
    const { state, reportedById, dismissedById, confirmedById, requestId } = incident;
    const involvedIds = await involvedIn(manager, requestId);
    const record = { state, reportedById, dismissedById, confirmedById, involvedIds };
    return (
      actor.refuse(command, incident) ??
      refuseIncidentCommand(command, record, actor.id) ??
      refuseReason(note) ??
      (severity !== null && command !== 'triage'
        ? refusal('INCOMPLETE', 'How grave an incident is, is said when it is triaged.', 'severity')
        : null) ??
      refusePolicyChange(command, policyChange) ??
      (command === 'confirm' ? await this.recall(manager, actor, incident, note) : null)
    );
  }

  private async proceed(
    manager: EntityManager,
    actor: Actor,
    incident: Incident,
    { command, note, severity, policyChange }: GivenCommand,
  ): Promise<void> {
    incident.state = incidentTarget(command, incident.state) ?? incident.state;
    incident.changedAt = this.clock.now();
    if (command === 'triage') {
      incident.triagedById = actor.id;
      incident.severity = severity ?? incident.severity;
    }
    if (command === 'dismiss') incident.dismissedById = actor.id;
    if (command === 'confirm') incident.confirmedById = actor.id;
    if (command === 'close')
      Object.assign(incident, { closedById: actor.id, lessons: note.trim(), policyChange });
    await manager.save(incident);
    if (command === 'triage') await this.stopIfGrave(manager, incident);
  }

  private async stopIfGrave(manager: EntityManager, { id, requestId, severity }: Incident): Promise<void> {
    if (!suspendsAtOnce(severity, this.policy.lifecycle.suspendFromSeverity)) return;
    await this.oversight.suspendAsSystem(manager, requestId, `Incident ${id} of severity ${severity}.`);
  }

  private async recall(
    manager: EntityManager,
    actor: Actor,
    { id, requestId }: Incident,
    reason: string,
  ): Promise<Refusal | null> {
    const { state } = await manager.findOneByOrFail(ReleaseRequest, { id: requestId });
    if (state === 'EXPIRED' || state === 'SUPERSEDED')
      await this.oversight.takeBackEnded(manager, actor, requestId, { incident: id });
    if (state !== 'PUBLISHED' && state !== 'SUSPENDED') return null;
    const answer = await this.oversight.recallIn(manager, actor, requestId, {
      reason,
      reasonClass: 'PRIVACY_RISK',
    });
    return answer instanceof ReleaseRequest ? null : answer;
  }

  private async wasReleased(manager: EntityManager, requestId: string): Promise<boolean> {
    const [row] = await manager.query<unknown[]>('SELECT 1 FROM release WHERE request_id = $1', [requestId]);
    return row !== undefined;
  }

  private save(
    manager: EntityManager,
    actor: Actor,
    requestId: string,
    { severity, description }: { severity: Severity; description: string },
  ): Promise<Incident> {
    const now = this.clock.now();
    return manager.save(
      manager.create(Incident, {
        requestId,
        severity,
        reportedSeverity: severity,
        description: description.trim(),
        state: 'REPORTED',
        reportedById: actor.id,
        reportedAt: now,
        regulatorDeadlineAt: new Date(now.getTime() + regulatorHours * msPerHour),
        changedAt: now,
      }),
    );
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    action: string,
    what: { incident: Incident | null; refused: Refusal | null; details: object },
  ): Promise<void> {
    const { incident, refused, details } = what;
    const subjectId = incident?.id ?? null;
    return this.audit.record(manager, {
      actor,
      action,
      subjectType: 'Incident',
      subjectId,
      refusal: refused,
      details,
    });
  }
}
