import type { EntityManager } from 'typeorm';
import type { Job, JobKind } from './job.entity.js';

export interface JobContext {
  readonly job: Job;
  /** Aborted when a person cancels the job or the worker is stopped. */
  readonly signal: AbortSignal;
  /** `share` done, 0 to 1. */
  readonly progress: (share: number) => void;
}

/** Writes the result; runs in one transaction with the job's own completion. */
export type CommitResult = (manager: EntityManager) => Promise<void>;

/** One kind of work. A handler may be started twice at once: `run` changes no table, and `CommitResult` runs once. */
export interface JobHandler {
  readonly kind: JobKind;
  run(context: JobContext): Promise<CommitResult>;
  /** Puts the subject back when the work is cancelled or failed for good. Runs in the job's last transaction. */
  giveUp(manager: EntityManager, job: Job, reason: string): Promise<void>;
}

export const JOB_HANDLERS = Symbol('JobHandlers');

/** Trying again would end the same way: the job fails at once, and `message` is shown to the people concerned. */
export class FinalJobError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FinalJobError';
  }
}
