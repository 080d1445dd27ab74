import fc from 'fast-check';
import { type AuditLink, chainStart, findBrokenLink, hashOf } from './audit.chain.js';

/**
 * Every change of a recorded event is found, and the first link that no longer holds is named. Two things a chain
 * cannot show by itself: that its newest events were cut off, and that somebody who may write wrote all of it anew.
 * Both take a copy of the newest hash kept elsewhere.
 */

type Said = Pick<AuditLink, 'action' | 'subjectId' | 'outcome' | 'details'>;

const said: fc.Arbitrary<Said> = fc.record({
  action: fc.constantFrom('open-upload', 'approve-request', 'download-file'),
  subjectId: fc.option(fc.uuid()),
  outcome: fc.constantFrom('done' as const, 'refused' as const),
  details: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }).map((value) => ({ ...value })),
});

function chainOf(events: readonly Said[]): AuditLink[] {
  let previousHash = chainStart;
  return events.map((event, index) => {
    const facts = {
      sequence: String(index + 1),
      at: '2026-01-05T09:30:00.000Z',
      actorId: null,
      actorKind: 'system' as const,
      subjectType: 'Request',
      ...event,
      previousHash,
    };
    previousHash = hashOf(facts);
    return { ...facts, hash: previousHash };
  });
}

const chains = fc.array(said, { minLength: 2, maxLength: 12 }).map(chainOf);
/** A chain and the index of one of its links. */
const chainAndIndex = chains.chain((chain) =>
  fc.tuple(fc.constant(chain), fc.integer({ min: 0, max: chain.length - 1 })),
);

const changes: Record<string, (link: AuditLink) => AuditLink> = {
  sequence: (link) => ({ ...link, sequence: String(BigInt(link.sequence) + 7n) }),
  at: (link) => ({ ...link, at: '2026-01-05T09:30:00.001Z' }),
  actorId: (link) => ({ ...link, actorId: 'b4f1a4a3-95ab-4f3c-8a34-0b6d2f6f0001' }),
  actorKind: (link) => ({ ...link, actorKind: 'person' }),
  action: (link) => ({ ...link, action: `${link.action}d` }),
  subjectType: (link) => ({ ...link, subjectType: 'Release' }),
  subjectId: (link) => ({ ...link, subjectId: `${link.subjectId ?? ''}x` }),
  outcome: (link) => ({ ...link, outcome: link.outcome === 'done' ? 'refused' : 'done' }),
  details: (link) => ({ ...link, details: { ...link.details, added: null } }),
  previousHash: (link) => ({ ...link, previousHash: 'f'.repeat(64) }),
  hash: (link) => ({ ...link, hash: 'f'.repeat(64) }),
};

it('holds as it was recorded', () => {
  fc.assert(
    fc.property(chains, (chain) => {
      expect(findBrokenLink(chain)).toBeNull();
    }),
  );
  expect(findBrokenLink([])).toBeNull();
});

it.each(Object.keys(changes))('names the first event whose %s was changed', (field) => {
  fc.assert(
    fc.property(chainAndIndex, ([chain, index]) => {
      const changed = chain.map((link, at) => (at === index ? (changes[field]?.(link) ?? link) : link));
      expect(findBrokenLink(changed)?.sequence).toBe(String(index + 1));
    }),
  );
});

it('names the event after one that was changed together with its own hash', () => {
  fc.assert(
    fc.property(chainAndIndex, ([chain, index]) => {
      fc.pre(index < chain.length - 1);
      const changed = chain.map((link, at) => {
        if (at !== index) return link;
        const facts = { ...link, action: 'something-else' };
        return { ...facts, hash: hashOf(facts) };
      });
      expect(findBrokenLink(changed)?.sequence).toBe(String(index + 2));
    }),
  );
});

it('names the first event that is missing, be it one or all up to some', () => {
  fc.assert(
    fc.property(chainAndIndex, fc.integer({ min: 1, max: 5 }), ([chain, index], count) => {
      fc.pre(index + count < chain.length);
      const rest = chain.toSpliced(index, count);
      expect(findBrokenLink(rest)?.sequence).toBe(String(index + 1));
    }),
  );
});

it('finds an event that was put in, renumbered or not', () => {
  fc.assert(
    fc.property(chainAndIndex, said, fc.boolean(), ([chain, index], event, isRenumbered) => {
      const [alien] = chainOf([event]);
      if (!alien) return;
      const facts = {
        ...alien,
        sequence: String(index + 1),
        previousHash: chain[index - 1]?.hash ?? chainStart,
      };
      const put = chain.toSpliced(index, 0, { ...facts, hash: hashOf(facts) });
      const all = put.map((link, at) => (isRenumbered ? { ...link, sequence: String(at + 1) } : link));
      expect(findBrokenLink(all)?.sequence).toBe(String(index + 2));
    }),
  );
});

it('finds two events that changed places', () => {
  fc.assert(
    fc.property(chainAndIndex, ([chain, index]) => {
      const [first, second] = chain.slice(index, index + 2);
      if (!first || !second) return;
      const swapped = chain.toSpliced(index, 2, second, first);
      expect(findBrokenLink(swapped)?.sequence).toBe(String(index + 1));
    }),
  );
});

it('cannot tell that the newest events were cut off', () => {
  fc.assert(
    fc.property(chainAndIndex, ([chain, index]) => {
      expect(findBrokenLink(chain.slice(0, index))).toBeNull();
    }),
  );
});
