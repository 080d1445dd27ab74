import {
  type GenerationFacts,
  refuseGeneration,
  refuseReusedSeed,
  refuseSeed,
  refuseUnexplained,
} from './generate.rules.js';

const input = { sees: 'profile', hash: 'p', isUsable: true, columns: ['sex'] } as const;
const facts: GenerationFacts = {
  request: { sourceId: 'one', tier: 'LOW', useCase: 'RESEARCH', columns: ['sex'] },
  mechanism: { sourceId: 'one', tier: 'LOW', permittedUses: ['RESEARCH'], inputHash: 'p' },
  input,
};

describe('generating by a mechanism', () => {
  it('goes ahead when the mechanism fits the request', () => {
    expect(refuseGeneration(facts)).toBeNull();
  });

  it.each<[string, Partial<GenerationFacts>]>([
    ['MECHANISM_MISMATCH', { mechanism: { ...facts.mechanism, sourceId: 'two' } }],
    ['MECHANISM_MISMATCH', { mechanism: { ...facts.mechanism, tier: 'HIGH' } }],
    ['MECHANISM_MISMATCH', { mechanism: { ...facts.mechanism, permittedUses: ['EDUCATION'] } }],
    ['PROFILE_NOT_SIGNED', { input: { ...input, isUsable: false } }],
    ['PROFILE_NOT_SIGNED', { input: { ...input, hash: 'q' } }],
    ['MODEL_NOT_READY', { input: { ...input, sees: 'rows', isUsable: false } }],
    ['MODEL_NOT_READY', { input: { ...input, sees: 'schema', hash: 'q' } }],
    ['MODEL_NOT_READY', { input: null }],
    ['PROFILE_MISMATCH', { request: { ...facts.request, columns: ['sex', 'id'] } }],
    ['PROFILE_MISMATCH', { request: { ...facts.request, columns: ['height'] } }],
  ])('is refused with %s for %j', (code, change) => {
    expect(refuseGeneration({ ...facts, ...change })?.code).toBe(code);
  });

  it.each(['', ' ', 'x'.repeat(65), "'; DROP", 'ä'])('takes no seed like %j', (seed) => {
    expect(refuseSeed(seed, 'LOW')?.code).toBe('BAD_PARAMETERS');
  });

  it('lets nobody choose the seed of tier HIGH', () => {
    expect(refuseSeed('mine', 'HIGH')?.code).toBe('BAD_PARAMETERS');
    expect(refuseSeed(null, 'HIGH')).toBeNull();
    expect(refuseSeed('mine', 'LOW')).toBeNull();
  });

  it.each([
    ['one', null, undefined],
    ['one', 'one', undefined],
    ['one', 'two', 'SEED_USED'],
  ])('for request %s with a seed used for %s: %s', (requestId, usedForId, code) => {
    expect(refuseReusedSeed(requestId, usedForId)?.code).toBe(code);
  });

  it.each([
    [0, null, undefined],
    [1, null, 'INCOMPLETE'],
    [1, '         short         ', 'INCOMPLETE'],
    [1, 'x'.repeat(4_001), 'INCOMPLETE'],
    [1, 'One copy too many.', undefined],
  ])('after %d attempts with the reason %j: %s', (attempt, reason, code) => {
    expect(refuseUnexplained(attempt, reason)?.code).toBe(code);
  });
});
