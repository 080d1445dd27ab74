import { In, type DataSource } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import { Job } from './job.entity.js';

const beatMs = 500;

/** Watches over a running job: writes its progress, listens for a person's cancel, ends it with the worker. */
export class JobWatch {
  private cancelled = false;
  private share = 0;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private beating: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly job: Job,
    private readonly clock: Clock,
    private readonly stopping: AbortSignal,
  ) {
    // A beat that waits for a slow database is not overtaken: at most one is under way.
    this.timer = setInterval(() => {
      this.beating ??= this.beat().finally(() => (this.beating = undefined));
    }, beatMs);
    stopping.addEventListener('abort', this.endWithWorker);
    if (stopping.aborted) this.endWithWorker();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get stoppedWithWorker(): boolean {
    return this.stopping.aborted && !this.cancelled;
  }

  readonly progress = (share: number): void => {
    this.share = Math.min(1, Math.max(this.share, share));
  };

  /** Nothing is written after this resolves. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.removeEventListener('abort', this.endWithWorker);
    await this.beating;
  }

  private readonly endWithWorker = (): void => {
    this.controller.abort();
  };

  private async beat(): Promise<void> {
    try {
      const { manager } = this.dataSource;
      const change = { progress: this.share, touchedAt: this.clock.now() };
      await manager.update(Job, { id: this.job.id, state: In(['QUEUED', 'RUNNING']) }, change);
      const current = await manager.findOneBy(Job, { id: this.job.id });
      if (!current?.cancelRequestedAt || this.cancelled) return;
      this.cancelled = true;
      this.controller.abort();
    } catch {
      // The database is away: the next beat tries again, and the job's own statements report it.
    }
  }
}
