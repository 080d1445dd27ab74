import type { Logger } from 'pino';
import type { DataSource, EntityManager } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import type { WorkOutcome } from '../queue/queue-backend.js';
import { FinalJobError, type CommitResult, type JobHandler } from './job-handler.js';
import { Job } from './job.entity.js';
import { JobWatch } from './job-watch.js';
import type { ObjectReads, RecordReads } from './object-reads.js';

/** So often may a job begin without an error or an orderly stop to show for it; then it is what kills the worker. */
export const crashesMax = 10;

export interface RunnerOptions {
  readonly attempts: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly reads: ObjectReads;
  readonly recordReads: RecordReads;
}

const cancelledReason = 'Cancelled.';
const isFinished = (job: Job): boolean => ['DONE', 'FAILED', 'CANCELLED'].includes(job.state);

/** Runs one job: starts it, watches it, and commits its result together with its end. */
export class JobRunner {
  constructor(
    private readonly dataSource: DataSource,
    private readonly handlers: readonly JobHandler[],
    private readonly options: RunnerOptions,
  ) {}

  /** Never rejects because of the work itself: what comes out says what the queue has to do next. */
  async run(jobId: string, stopping: AbortSignal): Promise<WorkOutcome> {
    const job = await this.begin(jobId);
    if (!job) return 'ended';
    const handler = this.handlers.find((candidate) => candidate.kind === job.kind);
    if (!handler) throw new Error(`No handler for jobs of kind "${job.kind}".`);
    const watch = new JobWatch(this.dataSource, job, this.options.clock, stopping);
    const startedMs = performance.now();
    try {
      const commit = await this.work(handler, job, watch);
      await this.end(job, handler, { state: 'DONE', reason: null, commit });
      this.options.logger.info(
        {
          job: job.id,
          kind: job.kind,
          ms: Math.round(performance.now() - startedMs),
          peakMemoryMb: peakMemoryMb(),
        },
        'a job is done',
      );
      return 'ended';
    } catch (error) {
      await watch.stop();
      if (watch.stoppedWithWorker && !(error instanceof FinalJobError)) return await this.putBack(job);
      return await this.fail(job, handler, error);
    }
  }

  /** The crash count leaves out what ended in order: errors have a limit of their own. */
  private async work(handler: JobHandler, job: Job, watch: JobWatch): Promise<CommitResult> {
    try {
      if (job.starts - job.failures > crashesMax)
        throw new FinalJobError(`The work was begun ${crashesMax} times and never ended.`);
      if (job.cancelRequestedAt) throw new Error(cancelledReason);
      const context = { job, signal: watch.signal, progress: watch.progress };
      const commit = await this.options.reads.during(job, () => handler.run(context));
      watch.signal.throwIfAborted();
      return commit;
    } finally {
      await watch.stop();
    }
  }

  private begin(jobId: string): Promise<Job | null> {
    return this.dataSource.transaction(async (manager) => {
      const job = await this.lock(manager, jobId);
      if (!job || isFinished(job)) return null;
      job.state = 'RUNNING';
      job.starts += 1;
      job.touchedAt = this.options.clock.now();
      return manager.save(job);
    });
  }

  /** The worker is told to stop: the next one begins anew, and nothing is held against the job. */
  private async putBack(job: Job): Promise<WorkOutcome> {
    await this.dataSource.manager
      .createQueryBuilder()
      .update(Job)
      .set({ state: 'QUEUED', starts: () => 'starts - 1', touchedAt: this.options.clock.now() })
      .where({ id: job.id, state: 'RUNNING' })
      .execute();
    return 'put-back';
  }

  /** Counts the failure, and gives the job up when there have been enough: in one transaction. */
  private async fail(job: Job, handler: JobHandler, error: unknown): Promise<WorkOutcome> {
    const isFinal = error instanceof FinalJobError;
    const reason = reasonOf(error);
    let outcome: WorkOutcome = 'ended';
    await this.whileUnfinished(job.id, async (manager, current) => {
      if (current.cancelRequestedAt) {
        await this.giveUp(manager, handler, { job: current, state: 'CANCELLED', reason: cancelledReason });
        return;
      }
      current.failures += 1;
      this.options.logger.warn(
        { job: job.id, kind: job.kind, failures: current.failures, ...traceOf(error) },
        'a job failed',
      );
      if (isFinal || current.failures >= this.options.attempts) {
        await this.giveUp(manager, handler, { job: current, state: 'FAILED', reason });
        return;
      }
      current.state = 'QUEUED';
      current.touchedAt = this.options.clock.now();
      await manager.save(current);
      outcome = 'again';
    });
    return outcome;
  }

  /** Under the job's lock: whoever comes second finds it finished and changes nothing. */
  private async end(job: Job, handler: JobHandler, result: Result): Promise<void> {
    await this.whileUnfinished(job.id, async (manager, current) => {
      // A cancel that was granted while the work ended counts: the person was told so.
      if (current.cancelRequestedAt) {
        await this.giveUp(manager, handler, { job: current, state: 'CANCELLED', reason: cancelledReason });
        return;
      }
      await result.commit(manager);
      current.progress = 1;
      await this.save(manager, current, result);
    });
  }

  private async giveUp(manager: EntityManager, handler: JobHandler, ending: Ending): Promise<void> {
    await handler.giveUp(manager, ending.job, ending.reason);
    await this.save(manager, ending.job, ending);
  }

  private async save(
    manager: EntityManager,
    job: Job,
    { state, reason }: Pick<Result | Ending, 'state' | 'reason'>,
  ): Promise<void> {
    const now = this.options.clock.now();
    await manager.save(Object.assign(job, { state, reason, touchedAt: now, finishedAt: now }));
  }

  private async whileUnfinished(
    id: string,
    change: (manager: EntityManager, current: Job) => Promise<void>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const current = await this.lock(manager, id);
      if (current && !isFinished(current)) await change(manager, current);
      if (current) await this.recordReads(manager, current);
    });
  }

  /** Whatever the end: done, failed, given up, or begun and lost. Last of all, as the chain is locked by it. */
  private async recordReads(manager: EntityManager, job: Job): Promise<void> {
    const reads = await this.options.reads.takeUnrecorded(manager, job);
    if (reads.length > 0) await this.options.recordReads(manager, job, reads);
  }

  private lock(manager: EntityManager, id: string): Promise<Job | null> {
    return manager.findOne(Job, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }
}

interface Result {
  readonly state: 'DONE';
  readonly reason: null;
  readonly commit: CommitResult;
}

interface Ending {
  readonly job: Job;
  readonly state: 'FAILED' | 'CANCELLED';
  readonly reason: string;
}

/** A message that was written for people is shown to them; any other may quote a cell of the real zone. */
function reasonOf(error: unknown): string {
  if (error instanceof FinalJobError) return error.message.replaceAll('\0', '\uFFFD');
  return `The work ended in an unexpected error (${nameOf(error)}); the log of the worker says where.`;
}

/** The most this process has held since it started, in 10^6 bytes. */
const peakMemoryMb = (): number => Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Where it happened, and nothing of what the message says. */
function traceOf(error: unknown): { error: string; code?: string; at: string[] } {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const at = frames.filter((line) => /^\s+at /.test(line)).map((line) => line.trim());
  const code = error instanceof Error && 'code' in error ? { code: String(error.code) } : {};
  return { error: nameOf(error), ...code, at };
}
