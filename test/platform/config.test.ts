import path from 'node:path';
import { ConfigError, configTableMarkdown, loadConfig } from '../../src/modules/platform/config/config.js';
import { configKeys } from '../../src/modules/platform/config/config-keys.js';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toEqual({
      mode: 'demo',
      breakGlass: false,
      callsPerMinute: 3000,
      home: path.resolve('var'),
      http: { host: '127.0.0.1', port: 3000, portChosen: false, trustedProxies: [] },
      database: { ownerUrl: undefined, appUrl: undefined },
      redisUrl: undefined,
      logLevel: 'info',
      upload: { bytesMax: 20e9, recordBytesMax: 1e6 },
      session: { hours: 8 },
      oidc: undefined,
      worker: { concurrency: 2, jobLockMs: 10_000, jobAttempts: 3, sweepMs: 30_000 },
      duckDbMemory: '1GB',
      mail: { smtpUrl: undefined, from: 'picketfence@localhost' },
      webhookLoopback: false,
      fhirServersFile: undefined,
      vocabularyFolder: undefined,
      introspection: true,
      policiesDirectory: path.resolve('policies'),
      rules: { contentFolder: path.resolve('content'), modules: [path.resolve('content/modules')] },
      supervised: false,
      supervisorPid: undefined,
    });
  });

  it.each([
    [
      { DATABASE_URL: 'postgres://u:p@db/x' },
      { mode: 'production', database: { ownerUrl: 'postgres://u:p@db/x' } },
    ],
    [{ DATABASE_APP_URL: 'postgresql://u@db/x' }, { mode: 'production' }],
    [{ DATABASE_URL: 'postgres://u@db/x', PICKETFENCE_MODE: 'demo' }, { mode: 'demo' }],
    [
      { PICKETFENCE_MODE: 'production', HOST: '0.0.0.0' },
      { mode: 'production', http: { host: '0.0.0.0' } },
    ],
    [{ HOST: '::1' }, { http: { host: '::1' } }],
    [{ PORT: '8080' }, { http: { port: 8080, portChosen: true } }],
    [
      { PICKETFENCE_TRUSTED_PROXIES: '10.1.0.0/16, ::1' },
      { http: { trustedProxies: ['10.1.0.0/16', '::1'] } },
    ],
    [{ PORT: '' }, { http: { port: 3000, portChosen: false } }],
    [{ PICKETFENCE_HOME: '/data' }, { home: path.resolve('/data') }],
    [{ REDIS_URL: 'rediss://cache:6380/1' }, { redisUrl: 'rediss://cache:6380/1' }],
    [{ PICKETFENCE_UPLOAD_BYTES_MAX: '1.5GiB' }, { upload: { bytesMax: 1.5 * 2 ** 30 } }],
    [{ PICKETFENCE_RECORD_BYTES_MAX: '65536' }, { upload: { recordBytesMax: 65536 } }],
    [{ PICKETFENCE_SUPERVISED: '77' }, { supervised: true, supervisorPid: 77 }],
    [{ UNRELATED: 'x', PICKET: 'y' }, { mode: 'demo' }],
  ])('reads %j', (environment, expected) => {
    expect(loadConfig(environment)).toMatchObject(expected);
  });

  it.each([
    ['PICKETFENCE_MODE', 'test', 'demo, production'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number'],
    ['PORT', '3e3', 'a whole number'],
    ['HOST', 'localhost:3000', 'an IP address or a host name, without a port'],
    ['PICKETFENCE_TRUSTED_PROXIES', '1', 'IP addresses and CIDR blocks'],
    ['PICKETFENCE_TRUSTED_PROXIES', 'loopback', 'IP addresses and CIDR blocks'],
    ['PICKETFENCE_TRUSTED_PROXIES', '0.0.0.0/0', 'of /8 for IPv4'],
    ['PICKETFENCE_TRUSTED_PROXIES', '10.0.0.1/33', 'IP addresses and CIDR blocks'],
    ['PICKETFENCE_TRUSTED_PROXIES', '10.0.0.1,', 'IP addresses and CIDR blocks'],
    ['PICKETFENCE_TRUSTED_PROXIES', '::/0', '/16 for IPv6'],
    ['DATABASE_URL', 'mysql://db/x', 'postgres:// or postgresql://'],
    ['DATABASE_APP_URL', 'db', 'postgres:// or postgresql://'],
    ['REDIS_URL', 'http://cache', 'redis:// or rediss://'],
    ['PICKETFENCE_LOG_LEVEL', 'loud', 'fatal, error, warn, info'],
    ['PICKETFENCE_UPLOAD_BYTES_MAX', '20 gigabytes', 'such as 500MB'],
    ['PICKETFENCE_RECORD_BYTES_MAX', '0', 'a number of bytes'],
    ['PICKETFENCE_SESSION_HOURS', '0', 'from 1 to 720'],
    ['PICKETFENCE_WORKER_CONCURRENCY', '1.5', 'from 1 to 64'],
    ['PICKETFENCE_JOB_LOCK_MS', '10s', 'from 1000 to 600000'],
    ['PICKETFENCE_JOB_ATTEMPTS', 'many', 'from 1 to 20'],
    ['PICKETFENCE_DUCKDB_MEMORY', '1', 'such as 512MB'],
    ['PICKETFENCE_HOME', 'a\0b', 'a path'],
    ['PICKETFENCE_OIDC_ISSUER', 'http://idp.example', 'https://'],
    ['PICKETFENCE_OIDC_ISSUER', 'idp.example', 'https://'],
    ['PICKETFENCE_OIDC_ALGORITHM', 'HS256', 'RS256, PS256'],
    ['PICKETFENCE_OIDC_ALGORITHM', 'none', 'RS256, PS256'],
    ['PICKETFENCE_PUBLIC_URL', 'https://a.example/app', 'without a path'],
    ['PICKETFENCE_PUBLIC_URL', 'http://a.example', 'https://'],
  ])('refuses %s=%s, naming key, value and what is allowed', (key, value, allowed) => {
    expect(() => loadConfig({ [key]: value })).toThrow(`${key} is "${value}"; allowed: `);
    expect(() => loadConfig({ [key]: value })).toThrow(allowed);
  });

  const provider = {
    PICKETFENCE_OIDC_ISSUER: 'https://idp.example/realm',
    PICKETFENCE_OIDC_CLIENT_ID: 'picketfence',
    PICKETFENCE_OIDC_MAPPING: '/etc/roles.json',
    PICKETFENCE_PUBLIC_URL: 'https://a.example/',
  };

  it('takes an identity provider whole or not at all', () => {
    expect(loadConfig(provider).oidc).toMatchObject({ publicUrl: 'https://a.example', algorithm: 'RS256' });
    for (const left of Object.keys(provider).filter((key) => key !== 'PICKETFENCE_PUBLIC_URL')) {
      const half = Object.fromEntries(Object.entries(provider).filter(([key]) => key !== left));
      expect(() => loadConfig(half)).toThrow(ConfigError);
    }
    expect(() => loadConfig({ ...provider, PICKETFENCE_PUBLIC_URL: '' })).toThrow(
      'PICKETFENCE_PUBLIC_URL has to',
    );
  });

  it('does not print a secret that was put under a wrong name', () => {
    const misspelt = { PICKETFENCE_OIDC_CLIENT_SECRT: 'hush', PICKETFENCE_OIDC_CLIENT_SECRETS: 'hush' };
    expect(() => loadConfig(misspelt)).toThrow('PICKETFENCE_OIDC_CLIENT_SECRET?');
    expect(() => loadConfig(misspelt)).not.toThrow('hush');
  });

  it('names every problem at once', () => {
    const environment = { PORT: 'x', PICKETFENCE_MODE: 'y', PICKETFENCE_NONSENSE: 'z' };
    const error = errorOf(() => loadConfig(environment));
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems).toHaveLength(3);
  });

  it('refuses a setting that does not exist, and guesses the one that was meant', () => {
    expect(() => loadConfig({ PICKETFENCE_HOEM: '/x' })).toThrow('did you mean PICKETFENCE_HOME?');
    expect(() => loadConfig({ PICKETFENCE_NONSENSE: '1' })).toThrow('there is no such setting');
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org'])('keeps demo mode off %s', (host) => {
    expect(() => loadConfig({ HOST: host })).toThrow('takes a loopback address only');
  });

  it('keeps passwords out of its messages', () => {
    const error = errorOf(() => loadConfig({ DATABASE_URL: 'mysql://ann:sec/r@et@db/x' }));
    expect((error as Error).message).toContain('mysql://***@db/x');
    expect((error as Error).message).not.toMatch(/ann:|sec|et@/);
  });

  it('documents every key that is not passed between our own processes', () => {
    const table = configTableMarkdown();
    for (const { key, ...rest } of Object.values(configKeys)) {
      expect({ key, shown: table.includes(`\`${key}\``) }).toEqual({ key, shown: !('internal' in rest) });
    }
    expect(table).toContain('| `PICKETFENCE_SESSION_HOURS` | a whole number from 1 to 720 | `8` |');
    expect(table).not.toContain(process.cwd());
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
