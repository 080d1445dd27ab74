import { Inject, Injectable } from '@nestjs/common';
import { In, IsNull, LessThan } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Transactions } from '../platform/index.js';
import { Notification } from './notification.entity.js';

interface Asked {
  readonly first: number;
  /** The cursor of the last one that is known. */
  readonly before: string | undefined;
  readonly unreadOnly: boolean;
}

/** What one person was told, for nobody else to see. */
@Injectable()
export class InboxService {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first. */
  list({ id: personId }: Actor, { first, before, unreadOnly }: Asked): Promise<Notification[]> {
    return this.transactions.reader.find(Notification, {
      where: {
        ...{ personId, channel: 'inbox' },
        ...(before === undefined ? {} : { eventSequence: LessThan(before) }),
        ...(unreadOnly ? { readAt: IsNull() } : {}),
      },
      order: { eventSequence: 'DESC' },
      take: first,
    });
  }

  countUnread({ id: personId }: Actor): Promise<number> {
    return this.transactions.reader.countBy(Notification, { personId, channel: 'inbox', readAt: IsNull() });
  }

  /** Those of the person that were unread; ids of others are left alone. */
  async markRead({ id: personId }: Actor, ids: readonly string[]): Promise<number> {
    const { affected } = await this.transactions.reader.update(
      Notification,
      { id: In(ids), personId, channel: 'inbox', readAt: IsNull() },
      { readAt: this.clock.now() },
    );
    return affected ?? 0;
  }
}
