import 'reflect-metadata';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { systemClock } from '../../src/core/time/clock.js';
import { AppModule } from '../../src/app.module.js';
import { AuditService } from '../../src/modules/audit/index.js';
import { DecisionsService } from '../../src/modules/decisions/decisions.service.js';
import { WaiversService } from '../../src/modules/decisions/waivers.service.js';
import { EvaluationConclusion } from '../../src/modules/evaluations/evaluation-conclusion.js';
import { EvidenceService } from '../../src/modules/evidence/index.js';
import { GenerationService } from '../../src/modules/generation/generation.service.js';
import { Actor } from '../../src/modules/identity/actor.js';
import { Actors } from '../../src/modules/identity/actors.js';
import { DelegationsService } from '../../src/modules/identity/delegations.service.js';
import { Person } from '../../src/modules/identity/person.entity.js';
import { ConflictsService } from '../../src/modules/decisions/conflicts.service.js';
import { OversightService } from '../../src/modules/incidents/oversight.service.js';
import { createLogger, FrameworkLogger, loadConfig } from '../../src/modules/platform/index.js';
import { POLICY, type Policy } from '../../src/modules/policy/index.js';
import { type CurrentQuestions, QUESTIONS } from '../../src/modules/questions/index.js';
import { DownloadsService } from '../../src/modules/releases/downloads.service.js';
import { PublicationGate } from '../../src/modules/releases/publication-gate.js';
import { ReleaseRecords } from '../../src/modules/releases/release-records.js';
import { ReleasePublication } from '../../src/modules/releases/release-publication.js';
import { RequestCommands } from '../../src/modules/requests/index.js';
import { MembershipsService } from '../../src/modules/requests/memberships.service.js';
import { RequestsService } from '../../src/modules/requests/requests.service.js';
import { SubmissionsService } from '../../src/modules/requests/submissions.service.js';
import { SuccessionService } from '../../src/modules/requests/succession.service.js';
import { createTestDatabase, type TestDatabase } from '../support/databases.js';

/** The real services over a real database, without the network and without the worker's heavy work. */
export interface WalkScene {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly policy: Policy;
  readonly sourceId: string;
  readonly mechanismId: string;
  readonly requests: RequestsService;
  readonly commands: RequestCommands;
  readonly decisions: DecisionsService;
  readonly waivers: WaiversService;
  readonly conflicts: ConflictsService;
  readonly memberships: MembershipsService;
  readonly delegations: DelegationsService;
  readonly generation: GenerationService;
  readonly oversight: OversightService;
  readonly submissions: SubmissionsService;
  readonly succession: SuccessionService;
  readonly downloads: DownloadsService;
  readonly conclusion: EvaluationConclusion;
  readonly publication: ReleasePublication;
  addPerson(roles: readonly string[]): Promise<Actor>;
  /** Somebody who may decide in the stead of these approvers. */
  addDelegate(roles: readonly string[], approvers: readonly Actor[]): Promise<Actor>;
  stop(): Promise<void>;
}

const profileHash = 'p'.repeat(64);

const disclosureControl = {
  ...{ cellCountMin: 10, countRounding: 5, tailShare: 0.01 },
  ...{ binsMax: 50, categoriesMax: 100 },
};
const column = { name: 'sex', type: 'category', missingMarkers: [], proposedType: 'category' };
const profile = {
  ...{ version: 1, sourceHash: 's', disclosureControl, rows: 100 },
  columns: [
    {
      name: 'sex',
      type: 'category',
      kind: 'categorical',
      missingCount: 0,
      count: 100,
      categories: [],
      pooledCount: 0,
    },
  ],
};

/** A source, a signed profile and a mechanism, as rows: the walks are about requests. */
async function prepare(
  dataSource: DataSource,
  custodian: string,
  approver: string,
): Promise<{ sourceId: string; mechanismId: string }> {
  const one = async (sql: string, parameters: unknown[]): Promise<string> => {
    const [row] = await dataSource.query<{ id: string }[]>(sql, parameters);
    return row?.id ?? '';
  };
  const uploadId = await one(
    `INSERT INTO upload (opened_by_id, state, content_hash, created_at, expires_at)
     VALUES ($1, 'REGISTERED', 's', now(), now()) RETURNING id`,
    [custodian],
  );
  const sourceId = await one(
    `INSERT INTO source (kind, upload_id, name, version, description, citation, licence, content_hash, bytes, rows, columns,
       registered_by_id, registered_at)
     VALUES ('EXTRACT', $1, 'Walked', 1, '-', '-', '-', 's', 1, 100, $2, $3, now()) RETURNING id`,
    [uploadId, JSON.stringify([column]), custodian],
  );
  const profileId = await one(
    `INSERT INTO profile (source_id, state, policy_hash, content, hash, requested_by_id, requested_at, signed_by_id, signed_at)
     VALUES ($1, 'SIGNED', '-', $2, $3, $4, now(), $5, now()) RETURNING id`,
    [sourceId, JSON.stringify(profile), profileHash, custodian, approver],
  );
  const mechanismId = await one(
    `INSERT INTO mechanism (hash, generator, generator_version, tier, parameters, profile_id, source_id, input_hash,
       disclosure_control, permitted_uses, registered_by_id, registered_at)
     VALUES ('m', 'independent-marginals', '1.0.0', 'LOW', '{}', $1, $2, $3, $5, '{RESEARCH}', $4, now()) RETURNING id`,
    [profileId, sourceId, profileHash, custodian, JSON.stringify(disclosureControl)],
  );
  return { sourceId, mechanismId };
}

async function openApp(home: string, appUrl: string, policies: string): Promise<INestApplicationContext> {
  const config = loadConfig({
    ...{ PICKETFENCE_MODE: 'production', PICKETFENCE_HOME: home, DATABASE_APP_URL: appUrl },
    PICKETFENCE_LOG_LEVEL: 'fatal',
    PICKETFENCE_POLICIES: policies,
  });
  const logger = createLogger('fatal', 'server');
  return NestFactory.createApplicationContext(AppModule.forServer(config, logger), {
    logger: new FrameworkLogger(logger),
    abortOnError: false,
  });
}

function servicesOf(
  app: INestApplicationContext,
): Omit<WalkScene, 'database' | 'sourceId' | 'mechanismId' | 'addPerson' | 'addDelegate' | 'stop'> {
  const policy = app.get<Policy>(POLICY);
  const audit = app.get(AuditService, { strict: false });
  const commands = app.get(RequestCommands, { strict: false });
  const gate = new PublicationGate(
    policy,
    systemClock,
    app.get<CurrentQuestions>(QUESTIONS, { strict: false }),
  );
  const records = new ReleaseRecords(new EvidenceService(), audit, systemClock, policy);
  return {
    policy,
    commands,
    dataSource: app.get(DataSource),
    requests: app.get(RequestsService, { strict: false }),
    decisions: app.get(DecisionsService, { strict: false }),
    waivers: app.get(WaiversService, { strict: false }),
    conflicts: app.get(ConflictsService, { strict: false }),
    memberships: app.get(MembershipsService, { strict: false }),
    delegations: app.get(DelegationsService, { strict: false }),
    generation: app.get(GenerationService, { strict: false }),
    oversight: app.get(OversightService, { strict: false }),
    submissions: app.get(SubmissionsService, { strict: false }),
    succession: app.get(SuccessionService, { strict: false }),
    downloads: app.get(DownloadsService, { strict: false }),
    conclusion: new EvaluationConclusion(audit, commands, policy, systemClock),
    publication: new ReleasePublication(gate, commands, audit, records),
  };
}

/** The policies as they are, but for the approvals a release needs. */
function policiesOf(home: string, approvalsNeeded: number): string {
  const directory = join(home, 'policies');
  cpSync('policies', directory, { recursive: true });
  const approvals = { STRUCTURAL: 1, LOW: approvalsNeeded, HIGH: 2 };
  writeFileSync(join(directory, 'quorums.json'), JSON.stringify({ version: 1, approvals }));
  return directory;
}

export async function openWalkScene(approvalsNeeded: number): Promise<WalkScene> {
  const home = mkdtempSync(join(tmpdir(), 'picketfence-walk-'));
  const database = await createTestDatabase(home);
  const app = await openApp(home, database.appUrl, policiesOf(home, approvalsNeeded));
  const services = servicesOf(app);
  const { dataSource, policy } = services;
  const addPerson = async (roles: readonly string[]): Promise<Actor> => {
    const [row] = await dataSource.query<{ id: string }[]>(
      `INSERT INTO person (email, name, password_hash, roles, created_at)
       VALUES (gen_random_uuid() || '@walk.example', 'Somebody', '-', $1, now()) RETURNING id`,
      [roles],
    );
    return new Actor(row?.id ?? '', 'Somebody', roles, policy.roles);
  };
  const addDelegate = async (roles: readonly string[], approvers: readonly Actor[]): Promise<Actor> => {
    const { id } = await addPerson(roles);
    const endsAt = new Date(systemClock.now().getTime() + 20 * 86_400_000);
    for (const approver of approvers) {
      const terms = { delegateId: id, startsAt: null, endsAt, reason: 'For the sake of the walks.' };
      const answer = await services.delegations.delegate(approver, terms);
      if ('code' in answer) throw new Error(answer.message);
    }
    const person = await dataSource.manager.findOneByOrFail(Person, { id });
    const delegate = await app.get(Actors, { strict: false }).of(person, null);
    if (!delegate) throw new Error('The account of the delegate does not count.');
    return delegate;
  };
  const custodian = await addPerson(['custodian']);
  const signer = await addPerson(['ig-approver']);
  const prepared = await prepare(dataSource, custodian.id, signer.id);
  return {
    ...services,
    ...prepared,
    database,
    addPerson,
    addDelegate,
    stop: async () => {
      await app.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
