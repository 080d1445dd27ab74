import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import {
  CLOCK,
  type DoorObserver,
  type Logger,
  LOGGER,
  refusal,
  type TurnedAway,
} from '../platform/index.js';
import { AuditService } from './audit.service.js';

const msPerMinute = 60_000;
/** Of one server process, whoever calls. */
const eventsPerMinute = 60;

/**
 * What is turned away at the door is on record once a minute for each address and kind, and not at all where there are
 * too many: the chain is not to be flooded by whoever wants to.
 */
@Injectable()
export class DoorRecord implements DoorObserver {
  private readonly recorded = new Set<string>();
  private minute = 0;

  constructor(
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  turnedAway(what: TurnedAway, address: string, message: string): void {
    if (!this.isFirst(`${what} ${address}`)) return;
    const entry = {
      actor: 'anonymous' as const,
      action: 'call',
      subjectType: 'Server',
      subjectId: null,
      refusal: refusal('TOO_LARGE', message, what),
      details: { address },
    };
    this.audit.recordAlone(entry).catch((error: unknown) => {
      this.logger.error({ err: error }, 'what was turned away is not on record');
    });
  }

  private isFirst(key: string): boolean {
    const minute = Math.floor(this.clock.now().getTime() / msPerMinute);
    if (minute !== this.minute) this.recorded.clear();
    this.minute = minute;
    if (this.recorded.size >= eventsPerMinute || this.recorded.has(key)) return false;
    this.recorded.add(key);
    return true;
  }
}
