import type { Profile } from '../../core/profile/profile.js';
import { type GenerationFacts, refuseGeneration, refuseSeed } from './generate.rules.js';

const content: Profile = {
  version: 1,
  sourceHash: 's',
  disclosureControl: { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 },
  rows: 100,
  columns: [
    {
      name: 'sex',
      type: 'category',
      kind: 'categorical',
      missingCount: 0,
      count: 100,
      categories: [],
      pooledCount: 0,
    },
    { name: 'id', type: 'identifier', kind: 'withheld', missingCount: 0, count: 100, reason: 'identifier' },
  ],
};
const facts: GenerationFacts = {
  request: { sourceId: 'one', tier: 'LOW', useCase: 'RESEARCH', columns: ['sex'] },
  mechanism: { sourceId: 'one', tier: 'LOW', permittedUses: ['RESEARCH'], profileHash: 'p' },
  profile: { state: 'SIGNED', hash: 'p', content },
};

describe('generating by a mechanism', () => {
  it('goes ahead when the mechanism fits the request', () => {
    expect(refuseGeneration(facts)).toBeNull();
  });

  it.each<[string, Partial<GenerationFacts>]>([
    ['MECHANISM_MISMATCH', { mechanism: { ...facts.mechanism, sourceId: 'two' } }],
    ['MECHANISM_MISMATCH', { mechanism: { ...facts.mechanism, tier: 'HIGH' } }],
    ['MECHANISM_MISMATCH', { mechanism: { ...facts.mechanism, permittedUses: ['EDUCATION'] } }],
    ['PROFILE_NOT_SIGNED', { profile: { ...facts.profile, state: 'READY' } }],
    ['PROFILE_NOT_SIGNED', { profile: { ...facts.profile, hash: 'q' } }],
    ['PROFILE_MISMATCH', { request: { ...facts.request, columns: ['sex', 'id'] } }],
    ['PROFILE_MISMATCH', { request: { ...facts.request, columns: ['height'] } }],
  ])('is refused with %s for %j', (code, change) => {
    expect(refuseGeneration({ ...facts, ...change })?.code).toBe(code);
  });

  it.each(['', ' ', 'x'.repeat(65), "'; DROP", 'ä'])('takes no seed like %j', (seed) => {
    expect(refuseSeed(seed)?.code).toBe('BAD_PARAMETERS');
  });
});
