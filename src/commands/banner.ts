import type { Config } from '../modules/platform/config/config.js';
import type { runWorkedExample } from './worked-example.js';

type WorkedExample = NonNullable<Awaited<ReturnType<typeof runWorkedExample>>>;

const demoWarning = [
  '',
  '  ************************************************************************',
  '  *  DEMO MODE. Passwords are well known and example people are seeded.  *',
  '  *  Never put real data in here. For real use: PICKETFENCE_MODE=        *',
  '  *  production and a PostgreSQL of your own in DATABASE_URL.            *',
  '  ************************************************************************',
];

export function readyBanner(baseUrl: string, config: Config): string {
  return [
    ...(config.mode === 'demo' ? demoWarning : []),
    '',
    `  picketfence is ready`,
    `  GraphQL   ${new URL('/graphql', baseUrl).href}`,
    `  data in   ${config.home}`,
    '',
  ].join('\n');
}

export function exampleBanner({ signIns, releasedDirectory }: WorkedExample): string {
  return [
    '  The worked example was released.',
    `  Files     ${releasedDirectory}`,
    '  Sign in as',
    ...signIns.map(({ name, password, role }) => `    ${name.padEnd(16)} ${password.padEnd(24)} ${role}`),
    '',
  ].join('\n');
}
