import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import type { RecordedZoneName } from '../objects/object-store.js';
import type { ReadRecorder } from '../objects/recorded-zone.js';
import { CLOCK } from '../tokens.js';
import type { Job } from './job.entity.js';

/** An object that a job was given to read. */
interface ObjectRead {
  readonly zone: RecordedZoneName;
  readonly sha256: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Puts what was read on record, in the transaction of the job's end. */
export type RecordReads = (manager: EntityManager, job: Job, reads: readonly ObjectRead[]) => Promise<void>;

/**
 * Knows which job is at work, and what it was given to read. A reading is committed before the first byte is given
 * out: a worker that is killed over it has read it all the same, and whoever ends the job finds it.
 */
@Injectable()
export class ObjectReads implements ReadRecorder {
  private readonly atWork = new AsyncLocalStorage<string>();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whatever is read by `work` is read for the job. */
  during<Result>({ id }: Job, work: () => Promise<Result>): Promise<Result> {
    return this.atWork.run(id, work);
  }

  async note(zone: RecordedZoneName, key: string): Promise<void> {
    const jobId = this.atWork.getStore();
    if (jobId === undefined) throw new Error(`Objects of the zone "${zone}" are read by jobs only.`);
    await this.dataSource.query(
      `INSERT INTO object_read (job_id, zone, object_key, first_read_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [jobId, zone, key, this.clock.now()],
    );
  }

  /** What no record says yet; afterwards, when the transaction commits, it is said. */
  async takeUnrecorded(manager: EntityManager, { id }: Job): Promise<ObjectRead[]> {
    const [reads] = await manager.query<[ReadRow[], number]>(
      `UPDATE object_read SET recorded_at = $2 WHERE job_id = $1 AND recorded_at IS NULL
       RETURNING zone, object_key, first_read_at`,
      [id, this.clock.now()],
    );
    return reads
      .map(({ zone, object_key: sha256, first_read_at: at }) => ({ zone, sha256, at: at.toISOString() }))
      .sort((one, other) => one.at.localeCompare(other.at) || one.sha256.localeCompare(other.sha256));
  }
}

interface ReadRow {
  readonly zone: RecordedZoneName;
  readonly object_key: string;
  readonly first_read_at: Date;
}
