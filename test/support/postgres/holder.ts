import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

const script = path.resolve('test/support/postgres/start-and-hold.mjs');

export interface Holder {
  readonly child: ChildProcess;
  readonly ownerUrl?: string;
  readonly reused?: boolean;
  readonly refused?: string;
}

/** Starts the launcher in a process of its own, optionally as another user. */
export async function startHolder(
  directory: string,
  user: { uid?: number; gid?: number } = {},
): Promise<Holder> {
  if (!existsSync('dist/src/modules/platform/postgres/embedded-postgres.js')) {
    throw new Error('This test runs what is built: use "npm test", or "npm run build" first.');
  }
  const child = spawn(process.execPath, [script, directory], {
    ...user,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as Omit<Holder, 'child'>) };
}

export async function killHard({ child }: Holder): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
