import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { DataSource, type EntityManager } from 'typeorm';
import { systemClock } from '../../src/core/time/clock.js';
import { AuditEvent } from '../../src/modules/audit/audit-event.entity.js';
import { AuditService } from '../../src/modules/audit/audit.service.js';
import { ReadRecords } from '../../src/modules/audit/read-records.js';
import { SnakeNaming } from '../../src/modules/platform/database/snake-naming.js';
import type { CommitResult, JobContext, JobHandler } from '../../src/modules/platform/jobs/job-handler.js';
import { JobRunner } from '../../src/modules/platform/jobs/job-runner.js';
import { Job, type JobKind } from '../../src/modules/platform/jobs/job.entity.js';
import { Jobs } from '../../src/modules/platform/jobs/jobs.js';
import { ObjectReads } from '../../src/modules/platform/jobs/object-reads.js';
import { Transactions } from '../../src/modules/platform/database/transactions.js';
import { asOwner, createTestDatabase, type TestDatabase } from '../support/databases.js';

/** Leaves one row for each time it took effect. */
export class TinyHandler implements JobHandler {
  constructor(
    private readonly does: (context: JobContext) => Promise<unknown> = () => Promise.resolve(),
    private readonly beforeGivingUp: () => Promise<unknown> = () => Promise.resolve(),
    readonly kind: JobKind = 'generate',
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    await this.does(context);
    return (manager) => leaveEffect(manager, context.job, 'done');
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    await leaveEffect(manager, job, `gave up: ${reason}`);
    await this.beforeGivingUp();
  }
}

async function leaveEffect(manager: EntityManager, { id }: Job, what: string): Promise<void> {
  await manager.query('INSERT INTO effect (job_id, what) VALUES ($1, $2)', [id, what]);
}

/** Waits until the signal is aborted, as work does that heeds it. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => {
      reject(new Error('stopped in the middle'));
    };
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail);
  });
}

/** A migrated database with the real job table, and runners over it. */
export class JobBench {
  readonly jobs = new Jobs(systemClock);
  readonly logged: string[] = [];
  readonly logger = pino({ level: 'debug' }, { write: (line) => this.logged.push(line) });

  readonly reads: ObjectReads;

  private constructor(
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
    readonly home: string,
  ) {
    this.reads = new ObjectReads(dataSource, systemClock);
  }

  static async open(): Promise<JobBench> {
    const home = mkdtempSync(join(tmpdir(), 'picketfence-jobs-'));
    const database = await createTestDatabase(home);
    await asOwner(
      database,
      `CREATE TABLE effect (job_id uuid NOT NULL, what text NOT NULL);
       GRANT SELECT, INSERT ON effect TO picketfence_application`,
    );
    const dataSource = new DataSource({
      type: 'postgres',
      url: database.appUrl,
      entities: [AuditEvent, Job],
      namingStrategy: new SnakeNaming(),
    });
    await dataSource.initialize();
    return new JobBench(database, dataSource, home);
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.database.drop();
    rmSync(this.home, { recursive: true, force: true });
  }

  runner(handlers: JobHandler | readonly JobHandler[], attempts = 3): JobRunner {
    return new JobRunner(this.dataSource, [handlers].flat(), {
      attempts,
      clock: systemClock,
      logger: this.logger,
      reads: this.reads,
      recordReads: new ReadRecords(new AuditService(new Transactions(this.dataSource), systemClock)).record,
    });
  }

  /** The id of a job that was asked for. */
  async enqueue(kind: JobKind = 'generate'): Promise<string> {
    const subjectId = randomUUID();
    await this.dataSource.transaction((manager) => this.jobs.enqueue(manager, kind, subjectId, 'system'));
    return (await this.dataSource.manager.findOneByOrFail(Job, { subjectId })).id;
  }

  async requestCancel(id: string): Promise<boolean> {
    const { subjectId } = await this.job(id);
    return this.dataSource.transaction((manager) => this.jobs.requestCancel(manager, subjectId));
  }

  job(id: string): Promise<Job> {
    return this.dataSource.manager.findOneByOrFail(Job, { id });
  }

  async effects(id: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ what: string }[]>(
      'SELECT what FROM effect WHERE job_id = $1',
      [id],
    );
    return rows.map(({ what }) => what);
  }

  /** A connection that holds the job's row, as a crashed or slow transaction does, until it is let go. */
  async holdRow(id: string): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: this.database.ownerUrl });
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM job WHERE id = $1 FOR UPDATE', [id]);
    return () => client.end();
  }
}
