import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sha256Hex } from '../../src/core/hashing/sha256-hex.js';
import {
  type AuditHead,
  headsStart,
  keyIdOf,
  publicKeyText,
  toHeadsLine,
} from '../../src/modules/audit/audit-head.js';
import type { AuditLink } from '../../src/modules/audit/audit.chain.js';
import { headsActions } from '../../src/modules/audit/heads-events.js';
import { linksInFile } from '../../src/modules/audit/links-in-file.js';
import { readHeads, vouchedFor } from '../../src/modules/audit/read-heads.js';
import { verifyChain, type VerifyResult } from '../../src/modules/audit/verify-chain.js';
import {
  chainOf,
  exportText,
  headsLines,
  plain,
  privateKey,
  publicKey,
  type Said,
  textOf,
} from './signed-chain.js';

const stranger = generateKeyPairSync('ed25519');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picketfence-heads-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function verify(text: string, heads: string, olderHeads = false): Promise<VerifyResult> {
  const file = join(folder, 'export.jsonl');
  const headsFile = join(folder, 'heads.jsonl');
  writeFileSync(file, text);
  writeFileSync(headsFile, heads);
  return verifyChain(linksInFile(file), { heads: await readHeads(headsFile), olderHeads });
}

it('finds any changed, added or lost byte of a heads file', async () => {
  const chain = chainOf([{ action: 'a', subjectId: null, outcome: 'done', details: {} }]);
  const text = Buffer.from(textOf(headsLines(chain, [0, 0, 0])));
  const file = join(folder, 'heads-bytes.jsonl');
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: text.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom('change', 'add', 'lose'),
      async (at, difference, how) => {
        const bytes = [...text];
        const changed = bytes[at]! ^ difference;
        if (how === 'change') bytes[at] = changed;
        else if (how === 'add') bytes.splice(at, 0, changed);
        else bytes.splice(at, 1);
        writeFileSync(file, Buffer.from(bytes));
        const heads = await readHeads(file);
        const { headsProblem } = await verifyChain(linksInFile(file), { heads, olderHeads: false });
        expect(headsProblem).not.toBeNull();
      },
    ),
    { numRuns: 1000 },
  );
});

describe('a heads file', () => {
  const chain = chainOf(
    Array.from({ length: 6 }, () => ({
      action: 'a',
      subjectId: null,
      outcome: 'done' as const,
      details: {},
    })),
  );
  const lines = headsLines(chain, [0, 2, 4, 5]);

  async function problemOf(changed: readonly string[]): Promise<number | undefined> {
    const file = join(folder, 'changed-heads.jsonl');
    writeFileSync(file, textOf(changed));
    return (await readHeads(file)).problem?.line;
  }

  it.each([
    ['whole', lines, undefined],
    ['without its first line', lines.slice(1), 1],
    ['without a line in the middle', lines.toSpliced(2, 1), 3],
    ['with two lines swapped', lines.toSpliced(1, 2, lines[2]!, lines[1]!), 2],
    ['with a line twice', lines.toSpliced(2, 0, lines[1]!), 3],
    ['with an empty line', lines.toSpliced(2, 0, ''), 3],
    ['with a line of no sense at the end', [...lines, '{}'], 6],
    ['signed by a stranger', headsLines(chain, [0, 2], stranger.privateKey), 2],
    ['without signatures', lines.map((line) => line.replace(/"signature":"[^"]*"/, '"signature":""')), 1],
    ['with the signature of another line', lines.with(2, swapSignature(lines[2]!, lines[1]!)), 3],
  ])('%s', async (_, changed, problem) => {
    expect(await problemOf(changed)).toBe(problem === 3 && changed.includes('') ? 4 : problem);
  });

  it('that a stranger wrote anew is not vouched for by the key somebody keeps', async () => {
    const file = join(folder, 'forged-heads.jsonl');
    writeFileSync(file, textOf(strangersLines(chain)));
    const forged = await readHeads(file);
    expect(forged.problem).toBeNull();
    expect(vouchedFor(forged, publicKey)).toBe(false);
    writeFileSync(file, textOf(lines));
    expect(vouchedFor(await readHeads(file), publicKey)).toBe(true);
  });

  it('that ends before a head the chain tells of is found; an older copy may', async () => {
    const told = (line: string): Said => ({
      action: headsActions.head,
      ...{ subjectId: null, outcome: 'done', details: { lineHash: sha256Hex(line) } },
    });
    const more = chainOf([...chain, ...lines.slice(1).map(told)]);
    const text = exportText(more);
    expect((await verify(text, textOf(lines))).headsProblem).toBeNull();
    const shorter = textOf(lines.slice(0, -1));
    expect((await verify(text, shorter)).headsProblem).toMatch(/^event 10 tells of a signed line/);
    const older = await verify(text, shorter, true);
    expect([older.headsProblem, older.absent]).toEqual([null, 1]);
  });

  it('may hold a line that a crash cut off, when the next one says so', async () => {
    const torn = lines[2]!.slice(0, 100);
    const { kind, sequence, hash, at }: AuditHead = JSON.parse(lines[2]!) as AuditHead;
    const entry = { kind, sequence, hash, at, ...plain, afterTorn: true, previousLine: sha256Hex(torn) };
    const healed = [...lines.slice(0, 2), torn, toHeadsLine(entry, privateKey)];
    expect(await problemOf(healed)).toBeUndefined();
    expect(await problemOf(healed.with(2, torn.slice(1)))).toBe(4);
  });
});

function swapSignature(line: string, other: string): string {
  const signature = /"signature":"[^"]*"/;
  return line.replace(signature, signature.exec(other)![0]);
}

/** Somebody without the key, who makes one and announces ours as the next. */
function strangersLines(chain: readonly AuditLink[]): string[] {
  const own = { ...plain, keyId: keyIdOf(stranger.publicKey) };
  const announce = (key: KeyObject, previousLine: string): string =>
    toHeadsLine({ kind: 'key', publicKey: publicKeyText(key), previousLine, ...own }, stranger.privateKey);
  const lines = [announce(stranger.publicKey, headsStart)];
  const { sequence, hash, at } = chain.at(-1)!;
  const previousLine = sha256Hex(lines[0]!);
  lines.push(toHeadsLine({ kind: 'head', sequence, hash, at, previousLine, ...own }, stranger.privateKey));
  return [...lines, announce(publicKey, sha256Hex(lines[1]!))];
}
