import { convertibleRecordBytesMax } from '../../../core/files/csv-to-parquet.js';
import path from 'node:path';
import type { ConfigKey } from './config-key.js';
import { packageRoot } from './package-root.js';
import { releaseConfigKeys } from './release-config-keys.js';
import {
  addressBlocks,
  byteCount,
  byteCountUpTo,
  directoryPath,
  emailAddress,
  filePath,
  hostName,
  memorySize,
  oneOf,
  plainText,
  secureUrl,
  urlOf,
  webOrigin,
  wholeNumber,
} from './config-values.js';

const databaseUrl = urlOf('postgres', 'postgresql');

/** Every setting there is: drives parsing, the refusal of unknown keys and the table in the README. */
export const configKeys = {
  mode: {
    key: 'PICKETFENCE_MODE',
    type: oneOf('demo', 'production'),
    default: null,
    defaultShown: '`demo`; `production` when a database URL is set',
    meaning: 'demo seeds example people and an example request, and listens on this machine only',
  },
  home: {
    key: 'PICKETFENCE_HOME',
    type: directoryPath,
    default: './var',
    meaning: 'the directory where everything is kept: database, objects, logs',
  },
  host: {
    key: 'HOST',
    type: hostName,
    default: '127.0.0.1',
    meaning: 'the address to listen on; demo mode takes a loopback address only',
  },
  trustedProxies: {
    key: 'PICKETFENCE_TRUSTED_PROXIES',
    type: addressBlocks,
    default: null,
    defaultShown: 'nobody: `X-Forwarded-For` is not read',
    meaning:
      'the reverse proxies in front of the server: their word on who calls (`X-Forwarded-For`) counts, for the limits of signing in',
  },
  port: {
    key: 'PORT',
    type: wholeNumber({ min: 0, max: 65535 }),
    default: '3000',
    defaultShown: '`3000`, or the next free one',
    meaning: 'the port to listen on; 0 picks any free port',
  },
  databaseOwnerUrl: {
    key: 'DATABASE_URL',
    type: databaseUrl,
    default: null,
    defaultShown: 'PostgreSQL shipped with picketfence',
    meaning: 'the login that owns and migrates the database; never handed to the server or the worker',
  },
  databaseAppUrl: {
    key: 'DATABASE_APP_URL',
    type: databaseUrl,
    default: null,
    defaultShown: 'made by the migration',
    meaning: 'the login with few rights that the server and the worker use',
  },
  redisUrl: {
    key: 'REDIS_URL',
    type: urlOf('redis', 'rediss'),
    default: null,
    defaultShown: 'queue in PostgreSQL',
    meaning: 'puts the job queue on Redis, for many workers',
  },
  logLevel: {
    key: 'PICKETFENCE_LOG_LEVEL',
    type: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
    meaning: 'the least severe line that is logged',
  },
  uploadBytesMax: {
    key: 'PICKETFENCE_UPLOAD_BYTES_MAX',
    type: byteCount,
    default: '20GB',
    meaning: 'the largest extract that is accepted',
  },
  recordBytesMax: {
    key: 'PICKETFENCE_RECORD_BYTES_MAX',
    type: byteCountUpTo(convertibleRecordBytesMax),
    default: '1MB',
    meaning: 'the longest single record of an extract',
  },
  sessionHours: {
    key: 'PICKETFENCE_SESSION_HOURS',
    type: wholeNumber({ min: 1, max: 720 }),
    default: '8',
    meaning: 'how many hours a sign-in lasts',
  },
  callsPerMinute: {
    key: 'PICKETFENCE_CALLS_PER_MINUTE',
    type: wholeNumber({ min: 10, max: 1_000_000 }),
    default: '3000',
    meaning:
      'how much one account may ask of one server in a minute: fields of queries, commands and downloads',
  },
  workerConcurrency: {
    key: 'PICKETFENCE_WORKER_CONCURRENCY',
    type: wholeNumber({ min: 1, max: 64 }),
    default: '2',
    meaning: 'how many jobs one worker runs at once',
  },
  jobLockMs: {
    key: 'PICKETFENCE_JOB_LOCK_MS',
    type: wholeNumber({ min: 1000, max: 600_000 }),
    default: '10000',
    meaning: 'after how many milliseconds without a sign of life another worker takes a job over',
  },
  jobAttempts: {
    key: 'PICKETFENCE_JOB_ATTEMPTS',
    type: wholeNumber({ min: 1, max: 20 }),
    default: '3',
    meaning: 'how often a failing job is tried',
  },
  sweepMs: {
    key: 'PICKETFENCE_SWEEP_MS',
    type: wholeNumber({ min: 100, max: 3_600_000 }),
    default: '30000',
    meaning: 'how often the clock looks for what is due, in milliseconds: expiry, reviews, reminders',
  },
  smtpUrl: {
    key: 'PICKETFENCE_SMTP_URL',
    type: urlOf('smtp', 'smtps'),
    default: null,
    defaultShown: 'messages are files in `mail/` of `PICKETFENCE_HOME`',
    meaning:
      'the mail server that sends notifications, with user and password; TLS unless it is on this machine',
  },
  mailFrom: {
    key: 'PICKETFENCE_MAIL_FROM',
    type: emailAddress,
    default: 'picketfence@localhost',
    meaning: 'the address that notifications come from',
  },
  webhookLoopback: {
    key: 'PICKETFENCE_WEBHOOK_LOOPBACK',
    type: oneOf('on', 'off'),
    default: 'off',
    meaning: 'whether webhooks may lead to programs on this machine, without TLS',
  },
  duckDbMemory: {
    key: 'PICKETFENCE_DUCKDB_MEMORY',
    type: memorySize,
    default: '1GB',
    meaning: 'the memory DuckDB may take in one job',
  },
  introspection: {
    key: 'PICKETFENCE_INTROSPECTION',
    type: oneOf('on', 'off'),
    default: null,
    defaultShown: '`on` in demo mode, else `off`',
    meaning: 'whether GraphQL clients may ask for the schema',
  },
  policiesDirectory: {
    key: 'PICKETFENCE_POLICIES',
    type: directoryPath,
    default: path.join(packageRoot(), 'policies'),
    defaultShown: '`policies/` of the program',
    meaning: 'the directory of the policies in force',
  },
  ...releaseConfigKeys,
  publicUrl: {
    key: 'PICKETFENCE_PUBLIC_URL',
    type: webOrigin,
    default: null,
    meaning:
      'where this service is reached; the identity provider sends people back to it, and programs sign for it',
  },
  oidcIssuer: {
    key: 'PICKETFENCE_OIDC_ISSUER',
    type: secureUrl,
    default: null,
    defaultShown: 'local accounts only',
    meaning: 'the OpenID Connect provider whose people may sign in, beside local accounts',
  },
  oidcClientId: {
    key: 'PICKETFENCE_OIDC_CLIENT_ID',
    type: plainText,
    default: null,
    meaning: 'the name of this service at the provider',
  },
  oidcClientSecret: {
    key: 'PICKETFENCE_OIDC_CLIENT_SECRET',
    type: plainText,
    default: null,
    defaultShown: 'a public client, with PKCE alone',
    meaning: 'the secret of this service at the provider',
  },
  oidcMapping: {
    key: 'PICKETFENCE_OIDC_MAPPING',
    type: filePath,
    default: null,
    meaning: 'a JSON file that says which claim gives which roles (docs/security.md)',
  },
  oidcAlgorithm: {
    key: 'PICKETFENCE_OIDC_ALGORITHM',
    type: oneOf('RS256', 'PS256', 'ES256', 'EdDSA'),
    default: 'RS256',
    meaning: 'the one algorithm that ID tokens are signed with; any other is refused',
  },
  breakGlass: {
    key: 'PICKETFENCE_BREAK_GLASS',
    type: oneOf('on', 'off'),
    default: 'off',
    meaning:
      'whether people whose roles decide may sign in with a password although there is an identity provider; each time is recorded and told to the administrators',
  },
  supervised: {
    key: 'PICKETFENCE_SUPERVISED',
    type: wholeNumber({ min: 1, max: 2 ** 31 }),
    default: null,
    meaning:
      'set by `picketfence serve` for the processes it starts, to its process number: they end when it ends',
    internal: true,
  },
  testDatabaseUrl: {
    key: 'PICKETFENCE_TEST_DATABASE_URL',
    type: databaseUrl,
    default: null,
    meaning: 'set by our test run: the PostgreSQL server its tests share',
    internal: true,
  },
} as const satisfies Readonly<Record<string, ConfigKey<unknown>>>;
