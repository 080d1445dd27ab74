import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditFacts, AuditObserver } from '../audit/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { RequestClock } from './request-clock.entity.js';
import { nextClock } from './request-clock.rules.js';
import { stateChangeOf } from './state-change.rules.js';

/** Sets the clock of a request with each change of its state. */
@Injectable()
export class RequestClocks implements AuditObserver {
  constructor(@Inject(POLICY) private readonly policy: Policy) {}

  async observe(manager: EntityManager, event: AuditFacts): Promise<void> {
    const change = stateChangeOf(event);
    if (!change) return;
    const { requestId, to: state } = change;
    const previous = await manager.findOneBy(RequestClock, { requestId });
    const next = nextClock(
      previous,
      { state, event: event.sequence, at: new Date(event.at) },
      this.policy.notifications,
    );
    await manager.upsert(RequestClock, { requestId, ...next }, ['requestId']);
  }
}
