import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { ConfigError } from './config-error.js';
import type { ConfigKey } from './config-key.js';
import { configKeys } from './config-keys.js';
import { nearestWord } from './nearest-word.js';
import { packageRoot } from './package-root.js';

export { ConfigError } from './config-error.js';
export { configTableMarkdown } from './config-table.js';

type Mode = 'demo' | 'production';
type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Sign-in at an identity provider. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** Absolute. */
  readonly mappingFile: string;
  readonly algorithm: string;
  /** Of this service, without a path. */
  readonly publicUrl: string;
}

/** The settings of this process, parsed once at start and passed on from there. */
export interface Config {
  readonly mode: Mode;
  /** Absolute. */
  readonly home: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Addresses and CIDR blocks; empty: nobody's word on who calls counts. */
    readonly trustedProxies: readonly string[];
    /** Where people and programs reach this service, without a path; undefined: nobody said. */
    readonly publicUrl: string | undefined;
    /** False when nobody asked for this port, so that another may be taken. */
    readonly portChosen: boolean;
  };
  readonly database: {
    /** Undefined: the embedded PostgreSQL, or a process that must not own the database. */
    readonly ownerUrl: string | undefined;
    readonly appUrl: string | undefined;
  };
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
  readonly upload: { readonly bytesMax: number; readonly recordBytesMax: number };
  readonly session: { readonly hours: number };
  /** Of one account, to one server process. */
  readonly callsPerMinute: number;
  /** Undefined: local accounts only. */
  readonly oidc: OidcConfig | undefined;
  /** Passwords of people who decide are taken in spite of the identity provider. */
  readonly breakGlass: boolean;
  readonly worker: {
    readonly concurrency: number;
    readonly jobLockMs: number;
    readonly jobAttempts: number;
    readonly sweepMs: number;
  };
  readonly mail: {
    /** Undefined: messages are files. */
    readonly smtpUrl: string | undefined;
    readonly from: string;
  };
  readonly webhookLoopback: boolean;
  /** Absolute; undefined: releases are delivered to no server. */
  readonly fhirServersFile: string | undefined;
  /** Absolute; undefined: the subset that is shipped. */
  readonly vocabularyFolder: string | undefined;
  readonly duckDbMemory: string;
  readonly introspection: boolean;
  /** Absolute. */
  readonly policiesDirectory: string;
  /** What lives are simulated by. */
  readonly rules: { readonly contentFolder: string; readonly modules: readonly string[] };
  /** True in the processes that `picketfence serve` starts: they end when it ends. */
  readonly supervised: boolean;
  readonly supervisorPid: number | undefined;
}

export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const problems = [...unknownKeys(env), ...badValues(env), ...incompleteOidc(env)];
  if (problems.length > 0) throw new ConfigError(problems);
  const config = readConfig(env);
  if (config.mode === 'demo' && !isLoopback(config.http.host)) {
    throw new ConfigError([
      `HOST is "${config.http.host}", but demo mode has well-known passwords and takes a loopback address only ` +
        `(127.0.0.1, ::1 or localhost); for others set PICKETFENCE_MODE=production`,
    ]);
  }
  return config;
}

function readConfig(env: NodeJS.ProcessEnv): Config {
  const ownerUrl = optional(env, configKeys.databaseOwnerUrl);
  const appUrl = optional(env, configKeys.databaseAppUrl);
  const mode = optional(env, configKeys.mode) ?? ((ownerUrl ?? appUrl) ? 'production' : 'demo');
  const supervisorPid = optional(env, configKeys.supervised);
  return {
    mode,
    home: required(env, configKeys.home),
    http: {
      host: required(env, configKeys.host),
      port: required(env, configKeys.port),
      trustedProxies: optional(env, configKeys.trustedProxies) ?? [],
      publicUrl: optional(env, configKeys.publicUrl),
      portChosen: textOf(env, configKeys.port.key) !== undefined,
    },
    database: { ownerUrl, appUrl },
    redisUrl: optional(env, configKeys.redisUrl),
    logLevel: required(env, configKeys.logLevel),
    upload: {
      bytesMax: required(env, configKeys.uploadBytesMax),
      recordBytesMax: required(env, configKeys.recordBytesMax),
    },
    session: { hours: required(env, configKeys.sessionHours) },
    callsPerMinute: required(env, configKeys.callsPerMinute),
    oidc: readOidc(env),
    breakGlass: required(env, configKeys.breakGlass) === 'on',
    worker: {
      concurrency: required(env, configKeys.workerConcurrency),
      jobLockMs: required(env, configKeys.jobLockMs),
      jobAttempts: required(env, configKeys.jobAttempts),
      sweepMs: required(env, configKeys.sweepMs),
    },
    mail: { smtpUrl: optional(env, configKeys.smtpUrl), from: required(env, configKeys.mailFrom) },
    webhookLoopback: required(env, configKeys.webhookLoopback) === 'on',
    fhirServersFile: optional(env, configKeys.fhirServers),
    vocabularyFolder: optional(env, configKeys.vocabulary),
    duckDbMemory: required(env, configKeys.duckDbMemory),
    introspection: (optional(env, configKeys.introspection) ?? (mode === 'demo' ? 'on' : 'off')) === 'on',
    policiesDirectory: required(env, configKeys.policiesDirectory),
    rules: {
      contentFolder: join(packageRoot(), 'content'),
      modules: [required(env, configKeys.modulesDirectory)],
    },
    supervised: supervisorPid !== undefined,
    supervisorPid,
  };
}

function readOidc(env: NodeJS.ProcessEnv): OidcConfig | undefined {
  const issuer = optional(env, configKeys.oidcIssuer);
  if (issuer === undefined) return undefined;
  return {
    issuer,
    clientId: required(env, configKeys.oidcClientId),
    clientSecret: optional(env, configKeys.oidcClientSecret),
    mappingFile: required(env, configKeys.oidcMapping),
    algorithm: required(env, configKeys.oidcAlgorithm),
    publicUrl: required(env, configKeys.publicUrl),
  };
}

/** Half a configuration would be one that nobody meant. */
function incompleteOidc(env: NodeJS.ProcessEnv): string[] {
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcMapping, publicUrl } = configKeys;
  const isSet = ({ key }: { key: string }): boolean => textOf(env, key) !== undefined;
  if (!isSet(oidcIssuer)) {
    return [oidcClientId, oidcClientSecret, oidcMapping]
      .filter(isSet)
      .map(({ key }) => `${key} is set, but ${oidcIssuer.key} is not`);
  }
  return [oidcClientId, oidcMapping, publicUrl]
    .filter((key) => !isSet(key))
    .map(({ key }) => `${oidcIssuer.key} is set, so ${key} has to be set as well`);
}

function optional<T>(env: NodeJS.ProcessEnv, key: ConfigKey<T>): T | undefined {
  const text = textOf(env, key.key) ?? key.default;
  return text === null ? undefined : key.type.parse(text);
}

function required<T>(env: NodeJS.ProcessEnv, key: ConfigKey<T>): T {
  const value = optional(env, key);
  if (value === undefined) throw new ConfigError([`${key.key} has no value`]);
  return value;
}

/** A key that is set to nothing, as in a compose file, counts as not set. */
function textOf(env: NodeJS.ProcessEnv, key: string): string | undefined {
  const text = env[key]?.trim();
  return text === '' ? undefined : text;
}

function badValues(env: NodeJS.ProcessEnv): string[] {
  return Object.values(configKeys).flatMap((key: ConfigKey<unknown>) => {
    const text = textOf(env, key.key);
    if (text === undefined || key.type.parse(text) !== undefined) return [];
    return [`${key.key} is "${withoutPassword(text)}"; allowed: ${key.type.allowed}`];
  });
}

function unknownKeys(env: NodeJS.ProcessEnv): string[] {
  const known = Object.values(configKeys).map(({ key }) => key);
  return Object.keys(env)
    .filter((key) => key.startsWith('PICKETFENCE_') && !known.some((one) => one === key))
    .sort()
    .map((key) => {
      const near = nearestWord(key, known);
      const advice = near ? `did you mean ${near}?` : 'run "picketfence help" for the list';
      const shown = key.includes('OIDC') ? '***' : withoutPassword(env[key] ?? '');
      return `${key} is "${shown}", but there is no such setting; ${advice}`;
    });
}

/** Messages end up in logs and tickets, so a password in a URL does not go along. */
function withoutPassword(text: string): string {
  return text.replace(/:\/\/.*@/, '://***@');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
