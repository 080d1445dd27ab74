import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import type { QueueBackend } from '../queue/queue-backend.js';
import { Job } from './job.entity.js';

const batchSize = 50;
const pollMs = 200;
/** A job without a sign of life for this many lock times is sent again; the queue ignores one it still holds. */
const silentLocks = 6;

/** Sends what the outbox holds to the queue. Any number may run; a row is taken by one at a time. */
export class OutboxDispatcher {
  private stopping = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly backend: QueueBackend,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly lockMs: number,
  ) {}

  start(): void {
    this.running = this.loop();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async loop(): Promise<void> {
    const queue = this.backend.openQueue();
    while (!this.stopping) {
      try {
        await this.dispatch((kind, id) => queue.add(kind, id));
      } catch (error) {
        this.logger.warn({ error: String(error) }, 'jobs could not be sent to the queue; trying again');
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    await queue.close();
  }

  private async dispatch(send: (kind: string, id: string) => Promise<void>): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const now = this.clock.now();
      const due = await manager
        .createQueryBuilder(Job, 'job')
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .where("job.state = 'PENDING'")
        .orWhere("job.state IN ('QUEUED', 'RUNNING') AND job.touchedAt < :silentSince", {
          silentSince: new Date(now.getTime() - silentLocks * this.lockMs),
        })
        .orderBy('job.createdAt')
        .limit(batchSize)
        .getMany();
      for (const job of due) {
        await send(job.kind, job.id);
        job.touchedAt = now;
        if (job.state === 'PENDING') job.state = 'QUEUED';
        await manager.save(job);
      }
    });
  }
}
