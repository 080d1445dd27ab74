import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isProcessAlive, processBirth } from '../postgres/process-facts.js';

const plain = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '-');
const host = plain(hostname());
const birth = plain(processBirth(process.pid));

/** `~` is in no other name, so that nothing finished is ever taken for something unfinished. */
const pattern = /~([A-Za-z0-9-]*)~(\d+)~([A-Za-z0-9-]*)~[0-9a-f-]{36}$/;

/** A name for what is not finished yet: it says whose it is, so that it can be cleared away when its maker has died. */
export function temporaryName(prefix = ''): string {
  return `${prefix}~${host}~${process.pid}~${birth}~${randomUUID()}`;
}

export function isTemporaryName(name: string): boolean {
  return pattern.test(name);
}

/** Whether the process that made the name lives: of other machines, and of other names, nobody here can tell. */
export function makerOf(name: string): 'alive' | 'gone' | 'unknown' {
  const [, madeOn, pid, born] = pattern.exec(name) ?? [];
  if (madeOn !== host || pid === undefined) return 'unknown';
  const isAlive = isProcessAlive(Number(pid)) && plain(processBirth(Number(pid))) === born;
  return isAlive ? 'alive' : 'gone';
}
