import type { Logger } from 'pino';
import type { DataSource, EntityManager } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import { FinalJobError, type CommitResult, type JobContext, type JobHandler } from './job-handler.js';
import { Job } from './job.entity.js';
import { JobWatch } from './job-watch.js';

/** A job may begin this often, crashes of the worker included, before it is given up. */
const startsMax = 10;

export interface RunnerOptions {
  readonly attempts: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

const isFinished = (job: Job): boolean => ['DONE', 'FAILED', 'CANCELLED'].includes(job.state);

/** Runs one job: starts it, watches it, and commits its result together with its end. */
export class JobRunner {
  constructor(
    private readonly dataSource: DataSource,
    private readonly handlers: readonly JobHandler[],
    private readonly options: RunnerOptions,
  ) {}

  /** Throws when the queue should try again. Returns when there is nothing more to do, whatever the outcome. */
  async run(jobId: string, stopping: AbortSignal): Promise<void> {
    const job = await this.begin(jobId);
    if (!job) return;
    const handler = this.handlers.find((candidate) => candidate.kind === job.kind);
    if (!handler) throw new Error(`No handler for jobs of kind "${job.kind}".`);
    const watch = new JobWatch(this.dataSource, job, this.options.clock, stopping);
    try {
      if (job.starts > startsMax)
        throw new FinalJobError(`The work was begun ${startsMax} times and never ended.`);
      const commit = await this.work(handler, { job, signal: watch.signal, progress: watch.progress });
      await this.finish(job, 'DONE', null, commit);
    } catch (error) {
      await this.settle(job, handler, watch, error);
    } finally {
      watch.stop();
    }
  }

  private async work(handler: JobHandler, context: JobContext): Promise<CommitResult> {
    if (context.job.cancelRequestedAt) throw new Error('cancelled before it began');
    const commit = await handler.run(context);
    context.signal.throwIfAborted();
    return commit;
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

  /** Decides what an error means: cancelled, given up, stopped with the worker, or to be tried again. */
  private async settle(job: Job, handler: JobHandler, watch: JobWatch, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    const giveUp: CommitResult = (manager) => handler.giveUp(manager, job, reason);
    if (watch.cancelled || job.cancelRequestedAt) {
      const cancelled = 'Cancelled.';
      await this.finish(job, 'CANCELLED', cancelled, (manager) => handler.giveUp(manager, job, cancelled));
      return;
    }
    if (watch.stoppedWithWorker) throw error;
    const failures = await this.countFailure(job);
    this.options.logger.warn({ job: job.id, kind: job.kind, failures, reason }, 'a job failed');
    if (!(error instanceof FinalJobError) && failures < this.options.attempts) throw error;
    await this.finish(job, 'FAILED', reason, giveUp);
  }

  private async countFailure(job: Job): Promise<number> {
    await this.dataSource.manager.increment(Job, { id: job.id }, 'failures', 1);
    const { failures } = await this.dataSource.manager.findOneByOrFail(Job, { id: job.id });
    return failures;
  }

  private async finish(
    job: Job,
    state: 'DONE' | 'FAILED' | 'CANCELLED',
    reason: string | null,
    commit: CommitResult,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const current = await this.lock(manager, job.id);
      if (!current || isFinished(current)) return;
      await commit(manager);
      const now = this.options.clock.now();
      const progress = state === 'DONE' ? 1 : current.progress;
      await manager.update(Job, { id: job.id }, { state, reason, progress, touchedAt: now, finishedAt: now });
    });
  }

  private lock(manager: EntityManager, id: string): Promise<Job | null> {
    return manager.findOne(Job, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }
}
