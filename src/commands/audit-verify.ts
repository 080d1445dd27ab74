import type { KeyObject } from 'node:crypto';
import { keyIdOf } from '../modules/audit/audit-head.js';
import { HeadsPlace } from '../modules/audit/heads-place.js';
import { linksInDatabase } from '../modules/audit/links-in-database.js';
import { linksInFile } from '../modules/audit/links-in-file.js';
import { type HeadsFile, readHeads, vouchedFor } from '../modules/audit/read-heads.js';
import { verifyChain, type VerifyResult } from '../modules/audit/verify-chain.js';
import { withSnapshot } from './audit-database.js';
import { readKeyFile } from './audit-key-file.js';
import type { CommandContext } from './command.js';

export interface VerifyRequest {
  /** Undefined: the database itself. */
  readonly file: string | undefined;
  readonly headsFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly olderHeads: boolean;
}

/** 0 when all of it holds, 1 when anything does not. */
export async function verifyAudit(context: CommandContext, request: VerifyRequest): Promise<number> {
  const key = request.keyFile === undefined ? null : await readKeyFile(request.keyFile);
  const { heads, result } = await (request.file === undefined
    ? verifyDatabase(context, request)
    : verifyFile(request.file, request));
  const lines = [...chainLines(result), ...headsLines(heads, { result, key, request })];
  for (const line of lines) context.print(line);
  const isBroken = lines.some((line) => line.startsWith('BROKEN'));
  context.print(isBroken ? 'The chain is NOT whole.' : 'The chain is whole.');
  return isBroken ? 1 : 0;
}

interface Verified {
  readonly heads: HeadsFile | null;
  readonly result: VerifyResult;
}

async function verifyFile(file: string, { headsFile, olderHeads }: VerifyRequest): Promise<Verified> {
  const heads = headsFile === undefined ? null : await readHeads(headsFile);
  return { heads, result: await verifyChain(linksInFile(file), { heads, olderHeads }) };
}

function verifyDatabase(
  { loadConfig }: CommandContext,
  { headsFile, olderHeads }: VerifyRequest,
): Promise<Verified> {
  const config = loadConfig();
  const read = (): Promise<HeadsFile> =>
    headsFile === undefined ? new HeadsPlace(config.home).read() : readHeads(headsFile);
  return withSnapshot(config, read, async (client, heads) => ({
    heads,
    result: await verifyChain(linksInDatabase(client), { heads, olderHeads }),
  }));
}

function chainLines({ events, broken }: VerifyResult): string[] {
  if (broken) return [`${events} events read.`, `BROKEN at event ${broken.sequence}: ${broken.why}.`];
  return [`${events} events, each linked to the one before.`];
}

function headsLines(
  heads: HeadsFile | null,
  { result, key, request }: { result: VerifyResult; key: KeyObject | null; request: VerifyRequest },
): string[] {
  if (!heads) return ['No signed heads were given (--heads): newer events may have been cut off unseen.'];
  const { matching, newest, absent, headsProblem } = result;
  const lines = [`${matching} signed heads match${newest ? `, the last is event ${newest.sequence}` : ''}.`];
  if (newest) lines.push(`It was signed on ${newest.signedAt} with key ${newest.keyId}.`);
  if (headsProblem !== null) lines.push(`BROKEN heads file: ${headsProblem}.`);
  else if (absent > 0) lines.push(`${absent} later lines of the heads file are not in this older copy.`);
  if (key && !vouchedFor(heads, key)) {
    lines.push(`BROKEN heads file: the key given, ${keyIdOf(key)}, signed none of its lines.`);
  } else if (!key && heads.lines.length > 0) {
    const where = request.headsFile ?? 'the heads file';
    lines.push(`The key is the one ${where} names; compare it with the one you keep (--key).`);
  }
  return lines;
}
