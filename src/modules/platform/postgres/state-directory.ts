import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { canTraverse, postgresUser, type SystemUser } from './system-user.js';

export interface StatePlace {
  /** Holds data, password, port, log and perhaps a copy of the binaries. */
  readonly stateDirectory: string;
  readonly user: SystemUser;
}

/**
 * Where PostgreSQL keeps its state: the directory asked for, or, when root keeps that behind a closed home that the
 * user PostgreSQL runs as cannot enter, a folder elsewhere whose path is recorded in the directory.
 */
export function openStateDirectory(directory: string): StatePlace {
  const record = path.join(directory, 'moved-to');
  const recorded = existsSync(record) ? readFileSync(record, 'utf8').trim() : undefined;
  if (recorded !== undefined && existsSync(recorded)) {
    return { stateDirectory: recorded, user: postgresUser(ownerOfData(recorded)) };
  }
  const user = postgresUser(ownerOfData(directory));
  if (canTraverse(user, directory)) return { stateDirectory: directory, user };
  if (ownerOfData(directory) !== undefined) throw closedToItsOwner(directory);
  const elsewhere = makeElsewhere(directory, user);
  writeFileSync(record, `${elsewhere}\n`);
  return { stateDirectory: elsewhere, user };
}

/** Like mkdir -p, but every folder made can be entered by others, whatever the umask; secrets have modes of their own. */
export function makeDirectory(directory: string): void {
  const first = mkdirSync(directory, { recursive: true });
  if (first === undefined) return;
  for (
    let made = path.resolve(directory);
    made.length >= path.resolve(first).length;
    made = path.dirname(made)
  ) {
    chmodSync(made, 0o755);
  }
}

function ownerOfData(directory: string): { uid: number; gid: number } | undefined {
  return statSync(path.join(directory, 'data'), { throwIfNoEntry: false });
}

/** /var/lib before a temporary folder, which systems empty from time to time. */
function makeElsewhere(directory: string, user: SystemUser): string {
  const candidates = ['/var/lib', '/var/tmp', os.tmpdir()];
  const parent = candidates.find((candidate) => isWritable(candidate) && canTraverse(user, candidate));
  if (parent === undefined) throw closedToItsOwner(directory);
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const elsewhere = mkdtempSync(path.join(parent, `picketfence-${hash}-`));
  chmodSync(elsewhere, 0o755);
  return elsewhere;
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function closedToItsOwner(directory: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'FAILED',
    `The user PostgreSQL runs as cannot enter ${directory}; open the folders above it (chmod o+x), ` +
      'or set PICKETFENCE_HOME to another directory.',
  );
}
