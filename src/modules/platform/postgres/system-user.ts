import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Whom PostgreSQL runs as; undefined stands for the user of this process. */
export type SystemUser = { readonly uid: number; readonly gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root, so root hands it to the owner of an existing data folder, else to `postgres`,
 * else to `nobody`, which every system has.
 */
export function postgresUser(dataOwner: { uid: number; gid: number } | undefined): SystemUser {
  if (process.getuid?.() !== 0) return undefined;
  if (dataOwner && dataOwner.uid !== 0) return { uid: dataOwner.uid, gid: dataOwner.gid };
  const user = userNamed('postgres') ?? userNamed('nobody');
  if (user) return user;
  throw new EmbeddedPostgresError(
    'UNSUPPORTED',
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor a user "nobody"; ' +
      'run picketfence as an ordinary user, or set DATABASE_URL to a PostgreSQL of yours.',
  );
}

function userNamed(name: string): SystemUser {
  const [uid, gid] = ['-u', '-g'].map((option) => {
    const { status, stdout } = spawnSync('id', [option, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout.trim()) : Number.NaN;
  });
  return uid !== undefined && gid !== undefined && uid >= 0 && gid >= 0 ? { uid, gid } : undefined;
}

/** Whether the user can reach what lies in the directory: every folder on the way must let it pass. */
export function canTraverse(user: SystemUser, directory: string): boolean {
  if (user === undefined) return true;
  const { mode, uid, gid } = statSync(directory);
  const passBit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  if ((mode & passBit) === 0) return false;
  const parent = path.dirname(directory);
  return parent === directory || canTraverse(user, parent);
}
