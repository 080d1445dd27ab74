import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';

/** The group every application login belongs to; migrations grant to it. */
export const applicationRole = 'picketfence_application';

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function roleExists(client: Client, role: string): Promise<boolean> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  return found.rowCount === 1;
}

/** Roles are shared by all databases of a server, so two starts may race to create one. */
async function createRole(client: Client, role: string, options: string): Promise<void> {
  try {
    await client.query(`CREATE ROLE ${quoteName(role)} ${options}`);
  } catch (error) {
    if (!(await roleExists(client, role))) throw error;
  }
}

export async function ensureApplicationRole(client: Client): Promise<void> {
  if (!(await roleExists(client, applicationRole))) await createRole(client, applicationRole, 'NOLOGIN');
}

async function keptPassword(home: string): Promise<string> {
  const path = join(home, 'secrets', 'database-app-password');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    const password = randomBytes(24).toString('hex');
    await mkdir(join(home, 'secrets'), { recursive: true, mode: 0o700 });
    await writeFile(path, `${password}\n`, { mode: 0o600 });
    return password;
  }
}

/**
 * Gives the processes a login of their own, which owns nothing and can change no audit event. With `appUrl` the
 * operator chose one: it only has to belong to the group. Without, one is created for this database.
 */
export async function ensureAppLogin(
  client: Client,
  options: { readonly ownerUrl: string; readonly appUrl: string | undefined; readonly home: string },
): Promise<string> {
  const url = new URL(options.appUrl ?? options.ownerUrl);
  if (options.appUrl === undefined) {
    url.username = `${decodeURIComponent(url.pathname.slice(1)) || 'picketfence'}_app`;
    url.password = await keptPassword(options.home);
  }
  const login = decodeURIComponent(url.username);
  const password = quoteText(decodeURIComponent(url.password));
  if (!(await roleExists(client, login))) await createRole(client, login, `LOGIN PASSWORD ${password}`);
  else if (options.appUrl === undefined)
    await client.query(`ALTER ROLE ${quoteName(login)} PASSWORD ${password}`);
  await client.query(`GRANT ${quoteName(applicationRole)} TO ${quoteName(login)}`);
  return url.toString();
}
