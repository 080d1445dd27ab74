import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { In, type DataSource, IsNull, Not } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import type { QueueBackend, QueueHandle } from '../queue/queue-backend.js';
import { Job, laneOf } from './job.entity.js';

const batchSize = 50;
const pollMs = 200;
/** A queue that is away may keep a call waiting for as long as it is away. */
const sendMsMax = 5000;
/** A job without a sign of life for this many lock times is sent again; the queue ignores one it still holds. */
const silentLocks = 6;

export interface DispatcherOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lockMs: number;
  /** Ends a job that was cancelled while it waits for a worker. */
  readonly cancelWaiting: (jobId: string) => Promise<unknown>;
}

/**
 * Sends what the outbox holds to the queue. Any number may run: a job that is sent twice is held once by the queue,
 * and one that is sent after its end is found finished. So no row is locked while the queue is waited for.
 */
export class OutboxDispatcher {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly backend: QueueBackend,
    private readonly options: DispatcherOptions,
  ) {}

  start(): void {
    this.running = this.loop();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async loop(): Promise<void> {
    const queues = { work: this.backend.openQueue('work'), letters: this.backend.openQueue('letters') };
    const { signal } = this.stopping;
    let isAway = false;
    while (!signal.aborted) {
      try {
        for (const job of await this.due()) await this.send(queues[laneOf(job.kind)], job);
        await this.cancelWaiting();
        isAway = false;
      } catch (error) {
        // Said once, however long the database or the queue is away.
        if (!isAway)
          this.options.logger.warn({ error: nameOf(error) }, 'jobs cannot be sent to the queue for now');
        isAway = true;
      }
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
    await Promise.all([queues.work.close(), queues.letters.close()]);
  }

  private due(): Promise<Job[]> {
    const silentSince = new Date(this.options.clock.now().getTime() - silentLocks * this.options.lockMs);
    return this.dataSource.manager
      .createQueryBuilder(Job, 'job')
      .where("job.state = 'PENDING'")
      .orWhere("job.state IN ('QUEUED', 'RUNNING') AND job.touchedAt < :silentSince", { silentSince })
      .orderBy('job.createdAt')
      .limit(batchSize)
      .getMany();
  }

  private async send(queue: QueueHandle, { id, kind, state }: Job): Promise<void> {
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(sendMsMax)]);
    await Promise.race([queue.add(kind, id), rejectOn(signal)]);
    const sent = state === 'PENDING' ? 'QUEUED' : state;
    // By now a worker may have the job: its word on the state stands.
    const change = { state: sent, touchedAt: this.options.clock.now() };
    await this.dataSource.manager.update(Job, { id, state }, change);
  }

  private async cancelWaiting(): Promise<void> {
    const found = await this.dataSource.manager.find(Job, {
      where: { state: In(['PENDING', 'QUEUED']), cancelRequestedAt: Not(IsNull()) },
      take: batchSize,
    });
    for (const { id } of found) await this.options.cancelWaiting(id);
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('the queue does not answer'));
    });
  });
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
