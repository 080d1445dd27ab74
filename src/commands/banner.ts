import { join } from 'node:path';
import { demoPassword, demoPeople } from '../modules/identity/index.js';
import type { Config } from '../modules/platform/config/config.js';

const demoWarning = [
  '',
  '  ************************************************************************',
  '  *  DEMO MODE. Passwords are well known and example people are seeded.  *',
  '  *  Never put real data in here. For real use: PICKETFENCE_MODE=        *',
  '  *  production and a PostgreSQL of your own in DATABASE_URL.            *',
  '  ************************************************************************',
];

export function readyBanner(baseUrl: string, config: Config): string {
  const isDemo = config.mode === 'demo';
  return [
    ...(isDemo ? demoWarning : []),
    '',
    '  picketfence is ready',
    `  GraphQL   ${new URL('/graphql', baseUrl).href}`,
    `  data      ${config.home}`,
    `  released  ${join(config.home, 'objects', 'release')}`,
    ...(isDemo ? ['', `  Sign in with the password ${demoPassword} as`, ...demoSignIns] : []),
    '',
  ].join('\n');
}

const demoSignIns = demoPeople.map(({ email, role }) => `    ${email.padEnd(26)} ${role}`);
