import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { sha256Hex } from '../../src/core/hashing/sha256-hex.js';
import { headsStart, keyIdOf, publicKeyText, toHeadsLine } from '../../src/modules/audit/audit-head.js';
import { type AuditLink, chainStart, hashOf } from '../../src/modules/audit/audit.chain.js';
import { toLinkLine } from '../../src/modules/audit/link-line.js';

/** Chains, their exports and their heads files, as they are made in order. */

export const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signedAt = '2026-01-06T00:00:01.000Z';

export type Said = Pick<AuditLink, 'action' | 'subjectId' | 'outcome' | 'details'>;
export const said: fc.Arbitrary<Said> = fc.record({
  action: fc.constantFrom('open-upload', 'approve-request', 'download-file'),
  subjectId: fc.option(fc.uuid()),
  outcome: fc.constantFrom('done' as const, 'refused' as const),
  details: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }).map((value) => ({ ...value })),
});

/** Numbers and hashes made anew, as somebody does it who knows how. */
export function chainOf(events: readonly Said[]): AuditLink[] {
  let previousHash = chainStart;
  return events.map((event, index) => {
    const { action, subjectId, outcome, details } = event;
    const facts = {
      ...{ sequence: String(index + 1), at: '2026-01-05T09:30:00.000Z', actorId: null },
      ...{ actorKind: 'system' as const, subjectType: 'Request', action, subjectId, outcome, details },
      previousHash,
    };
    previousHash = hashOf(facts);
    return { ...facts, hash: previousHash };
  });
}

export const plain = { keyId: keyIdOf(publicKey), signedAt, afterTorn: false, version: 1 as const };

/** A heads file that announces the key and signs these events of the chain. */
export function headsLines(
  chain: readonly AuditLink[],
  signed: readonly number[],
  key = privateKey,
): string[] {
  const lines = [
    toHeadsLine(
      { kind: 'key', publicKey: publicKeyText(publicKey), previousLine: headsStart, ...plain },
      privateKey,
    ),
  ];
  for (const index of signed) {
    const { sequence, hash, at } = chain[index]!;
    const previousLine = sha256Hex(lines.at(-1)!);
    lines.push(toHeadsLine({ kind: 'head', sequence, hash, at, previousLine, ...plain }, key));
  }
  return lines;
}

export const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
export const exportText = (chain: readonly AuditLink[]): string => textOf(chain.map(toLinkLine));

interface Scene {
  readonly chain: AuditLink[];
  /** Indices whose heads were signed; the last event is among them. */
  readonly signed: number[];
  readonly index: number;
}

export const scenes: fc.Arbitrary<Scene> = fc
  .array(said, { minLength: 2, maxLength: 12 })
  .map(chainOf)
  .chain((chain) =>
    fc.record({
      chain: fc.constant(chain),
      signed: fc
        .subarray(chain.map((_, index) => index))
        .map((some) => [...new Set([...some, chain.length - 1])]),
      index: fc.integer({ min: 0, max: chain.length - 1 }),
    }),
  );
