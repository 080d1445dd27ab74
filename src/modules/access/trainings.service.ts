import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Training } from './training.entity.js';
import { refuseTraining, type TrainingForm } from './training.rules.js';

const listMax = 200;

/** Training is renewed while a grant lasts: a new certificate counts once information governance has accepted it. */
@Injectable()
export class TrainingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Newest first: all of them for those who may read any, else the person's own. */
  list(actor: Actor): Promise<Training[]> {
    const where = actor.may('read', new Training()) ? {} : { personId: actor.id };
    return this.transactions.reader.find(Training, { where, order: { submittedAt: 'DESC' }, take: listMax });
  }

  submit(actor: Actor, form: TrainingForm): Promise<Training | Refusal> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      const { kind, issuedAt, expiresAt } = form;
      const proofReference = form.proofReference.trim();
      const training = manager.create(Training, {
        ...{ personId: actor.id, kind, proofReference, issuedAt, expiresAt, submittedAt: now },
      });
      const refused =
        actor.refuse('create', training) ?? refuseTraining(form, this.policy.access.trainingDaysMax, now);
      if (!refused) await manager.save(training);
      await this.audit.record(manager, {
        actor,
        action: 'submit-training',
        subjectType: 'Training',
        subjectId: refused ? null : training.id,
        refusal: refused,
      });
      return refused ?? training;
    });
  }

  /** A certificate that was accepted can be turned down later: access stops with it. */
  decide(actor: Actor, id: string, isAccepted: boolean): Promise<Training | Refusal> {
    return this.transactions.run(async (manager) => {
      const training = await manager.findOne(Training, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!training) return refusal('NOT_FOUND', 'There is no such training.', id);
      const refused =
        actor.refuse('decide', training) ??
        (training.personId === actor.id
          ? refusal('OWN_REQUEST', 'This is your own training; somebody else has to decide on it.')
          : null) ??
        (training.isAccepted === isAccepted
          ? refusal('ALREADY_DECIDED', 'It was decided so already.')
          : null);
      if (!refused) {
        Object.assign(training, { isAccepted, decidedById: actor.id, decidedAt: this.clock.now() });
        await manager.save(training);
      }
      await this.audit.record(manager, {
        actor,
        action: 'decide-training',
        subjectType: 'Training',
        subjectId: id,
        refusal: refused,
        details: { isAccepted },
      });
      return refused ?? training;
    });
  }
}
