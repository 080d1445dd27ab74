import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { type Clock, systemClock } from '../../src/core/time/clock.js';
import { verifyAudit } from '../../src/commands/audit-verify.js';
import { AuditEvent } from '../../src/modules/audit/audit-event.entity.js';
import { AuditHeads } from '../../src/modules/audit/audit-heads.service.js';
import { AuditService } from '../../src/modules/audit/audit.service.js';
import { loadConfig } from '../../src/modules/platform/config/config.js';
import { SnakeNaming } from '../../src/modules/platform/database/snake-naming.js';
import { Transactions } from '../../src/modules/platform/database/transactions.js';
import { createTestDatabase, dist, type TestDatabase } from '../support/databases.js';

interface CliAnswer {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** A database and a home of their own, with some events in the chain. */
export interface AuditScene {
  readonly home: string;
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly audit: AuditService;
  readonly heads: AuditHeads;
  readonly headsFile: string;
  path(name: string): string;
  record(count: number): Promise<void>;
  /** `picketfence audit ...` as a process of its own. */
  cli(...args: string[]): Promise<CliAnswer>;
  /** `picketfence audit verify` on the database, in this process: quicker. */
  verify(): Promise<{ readonly code: number; readonly output: string }>;
  /** As `cli`, where there is no database: what an auditor has. */
  offline(...args: string[]): Promise<CliAnswer>;
  stop(): Promise<void>;
}

const cliFile = join(dist, 'src', 'cli.js');

async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CliAnswer> {
  const environment = { PATH: process.env['PATH'], ...env };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cliFile, 'audit', ...args], {
      env: environment,
    });
    return { code: 0, output: stdout, errors: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout, errors: stderr };
  }
}

async function verifyHere(environment: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  const lines: string[] = [];
  const print = (line: string): unknown => lines.push(line);
  const code = await verifyAudit(
    { loadConfig: () => loadConfig(environment), print, complain: print, environment },
    { file: undefined, headsFile: undefined, keyFile: undefined, olderHeads: false },
  );
  return { code, output: lines.join('\n') };
}

export async function openAuditScene(clock: Clock = systemClock): Promise<AuditScene> {
  const home = mkdtempSync(join(tmpdir(), 'picketfence-audit-'));
  const database = await createTestDatabase(home);
  const dataSource = await new DataSource({
    ...{ type: 'postgres', url: database.appUrl, entities: [AuditEvent], namingStrategy: new SnakeNaming() },
  }).initialize();
  const audit = new AuditService(new Transactions(dataSource), clock);
  return {
    ...{ home, database, dataSource, audit, heads: new AuditHeads(audit, home) },
    headsFile: join(home, 'audit', 'heads.jsonl'),
    path: (name) => join(home, name),
    record: async (count) => {
      for (let number = 0; number < count; number += 1) {
        const entry = {
          action: 'test-event',
          subjectType: 'Request',
          subjectId: 'PF-1',
          details: { number },
        };
        await audit.recordAlone({ actor: 'system', ...entry });
      }
    },
    cli: (...args) => run(args, { PICKETFENCE_HOME: home, DATABASE_APP_URL: database.appUrl }),
    verify: () => verifyHere({ PICKETFENCE_HOME: home, DATABASE_APP_URL: database.appUrl }),
    offline: (...args) => run(args, { PICKETFENCE_HOME: join(home, 'nowhere') }),
    stop: async () => {
      await dataSource.destroy();
      await database.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
