import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import { type Sweep, sweepBatch } from './sweep.js';

export interface SweeperOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly intervalMs: number;
}

/** Runs the sweeps again and again. Of many workers one sweeps at a time: the others find the lock taken. */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly sweeps: readonly Sweep[],
    private readonly options: SweeperOptions,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.sweeping = this.sweeping.then(() => this.sweepAll());
    }, this.options.intervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** A sweep that fails is tried again at the next turn and does not keep the others from running. */
  async sweepAll(): Promise<void> {
    for (const sweep of this.sweeps) {
      try {
        while ((await this.sweepOnce(sweep)) === sweepBatch);
      } catch (error) {
        this.options.logger.warn(
          { sweep: sweep.name, error: String(error) },
          'a sweep failed; it is tried again',
        );
      }
    }
  }

  private sweepOnce(sweep: Sweep): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = await manager.query<{ taken: boolean }[]>(
        'SELECT pg_try_advisory_xact_lock(hashtext($1)) AS taken',
        [`picketfence-sweep-${sweep.name}`],
      );
      return row?.taken ? sweep.run(manager, this.options.clock.now()) : 0;
    });
  }
}
