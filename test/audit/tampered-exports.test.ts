import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AuditLink } from '../../src/modules/audit/audit.chain.js';
import { linksInFile } from '../../src/modules/audit/links-in-file.js';
import { readHeads } from '../../src/modules/audit/read-heads.js';
import { verifyChain, type VerifyResult } from '../../src/modules/audit/verify-chain.js';
import { chainOf, exportText, headsLines, said, type Said, scenes, textOf } from './signed-chain.js';

/**
 * Exports and heads files as they lie on a disk, and what somebody can do to them who may write both but has not the
 * key. Every change is found; the first broken link is named where the change is, or, when all hashes after it were
 * made anew, at the next head that was signed.
 */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picketfence-verify-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function verify(text: string, heads: string | null): Promise<VerifyResult> {
  const file = join(folder, 'export.jsonl');
  const headsFile = join(folder, 'heads.jsonl');
  writeFileSync(file, text);
  if (heads !== null) writeFileSync(headsFile, heads);
  const read = heads === null ? null : await readHeads(headsFile);
  return verifyChain(linksInFile(file), { heads: read, olderHeads: false });
}

type Tampering = (chain: readonly AuditLink[], index: number, other: Said) => AuditLink[];

/** What is done at an index, without hashing anew: named at the index. */
const plainTamperings: Record<string, Tampering> = {
  ...Object.fromEntries(
    (
      [
        ['sequence', 'x'],
        ['at', '2026-01-05T09:30:00.000001Z'],
        ['actorId', 'b4f1a4a3-95ab-4f3c-8a34-0b6d2f6f0001'],
        ['actorKind', 'person'],
        ['action', 'something-else'],
        ['subjectType', 'Release'],
        ['subjectId', 'somebody'],
        ['details', { forged: true }],
        ['previousHash', 'f'.repeat(64)],
        ['hash', 'f'.repeat(64)],
      ] as const
    ).map(([name, value]): [string, Tampering] => [
      `edit of ${name}`,
      (chain, index) => chain.with(index, { ...chain[index]!, [name]: value }),
    ]),
  ),
  'edit of outcome': (chain, index) =>
    chain.with(index, { ...chain[index]!, outcome: chain[index]!.outcome === 'done' ? 'refused' : 'done' }),
  delete: (chain, index) => chain.toSpliced(index, 1),
  'insert of a stranger': (chain, index, other) => {
    const [alien] = chainOf([other]);
    return chain.toSpliced(index, 0, { ...alien!, sequence: String(index + 2) });
  },
  'reorder of two': (chain, index) => {
    const at = Math.min(index, chain.length - 2);
    return index === at ? chain.toSpliced(at, 2, chain[at + 1]!, chain[at]!) : chain.slice(0, index);
  },
  'reversal of the rest': (chain, index) =>
    index === chain.length - 1
      ? chain.slice(0, index)
      : [...chain.slice(0, index), ...chain.slice(index).reverse()],
  'cut of the end': (chain, index) => chain.slice(0, index),
};

/** The same, with every hash and number after it made anew: links hold, signed heads do not. */
const hashedTamperings: Record<string, Tampering> = {
  edit: (chain, index, other) =>
    chainOf(chain.with(index, { ...chain[index]!, ...other, action: 'something-else' })),
  delete: (chain, index) => chainOf(chain.toSpliced(index, 1)),
  insert: (chain, index, other) =>
    chainOf(chain.toSpliced(index, 0, { ...chain[0]!, ...other, action: 'something-else' })),
  'other end': (chain, index, other) =>
    chainOf([
      ...chain.slice(0, index),
      ...chain.slice(index).map(() => ({ ...other, action: 'something-else' })),
    ]),
};

it('finds what was recorded whole, with its heads or without', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async ({ chain, signed }) => {
      const result = await verify(exportText(chain), textOf(headsLines(chain, signed)));
      expect(result).toMatchObject({ events: chain.length, broken: null, headsProblem: null });
      expect(result.matching).toBe(signed.length);
      expect((await verify(exportText(chain), null)).broken).toBeNull();
    }),
  );
});

it.each(Object.keys(plainTamperings))('names the first broken link after: %s', async (name) => {
  await fc.assert(
    fc.asyncProperty(scenes, said, async ({ chain, signed, index }, other) => {
      const tampered = plainTamperings[name]!(chain, index, other);
      const { broken } = await verify(exportText(tampered), textOf(headsLines(chain, signed)));
      expect(broken?.sequence).toBe(String(index + 1));
    }),
  );
});

it('names the first event when the start was cut off', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async ({ chain, index }) => {
      const { broken } = await verify(exportText(chain.slice(Math.max(index, 1))), null);
      expect(broken?.sequence).toBe('1');
    }),
  );
});

it.each(Object.keys(hashedTamperings))('finds, at the next signed head, a re-hashed %s', async (name) => {
  await fc.assert(
    fc.asyncProperty(scenes, said, async ({ chain, signed, index }, other) => {
      const tampered = hashedTamperings[name]!(chain, index, other);
      const same = tampered[index]?.hash === chain[index]?.hash;
      fc.pre(!same);
      const heads = textOf(headsLines(chain, signed));
      expect((await verify(exportText(tampered), null)).broken).toBeNull();
      const { broken } = await verify(exportText(tampered), heads);
      const nextHead = signed.filter((one) => one >= index).sort((one, two) => one - two)[0]!;
      const isCutOff = nextHead >= tampered.length;
      expect(broken?.sequence).toBe(String((isCutOff ? tampered.length : nextHead) + 1));
      const since = Math.max(-1, ...signed.filter((one) => one < index)) + 2;
      if (!isCutOff) expect(broken?.why).toContain(`begins at event ${since} or later`);
    }),
  );
});

it('finds any changed, added or lost byte of an export', async () => {
  await fc.assert(
    fc.asyncProperty(
      scenes,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom('change', 'add', 'lose'),
      async ({ chain, signed }, place, difference, how) => {
        const bytes = [...Buffer.from(exportText(chain))];
        const at = place % bytes.length;
        const changed = bytes[at]! ^ difference;
        if (how === 'change') bytes[at] = changed;
        else if (how === 'add') bytes.splice(at, 0, changed);
        else bytes.splice(at, 1);
        const file = join(folder, 'bytes.jsonl');
        writeFileSync(file, Buffer.from(bytes));
        const headsFile = join(folder, 'heads.jsonl');
        writeFileSync(headsFile, textOf(headsLines(chain, signed)));
        const heads = await readHeads(headsFile);
        const { broken } = await verifyChain(linksInFile(file), { heads, olderHeads: false });
        expect(broken).not.toBeNull();
      },
    ),
    { numRuns: 500 },
  );
});
