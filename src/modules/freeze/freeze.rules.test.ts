import { type FreezeRecord, refuseFreeze, refuseThaw } from './freeze.rules.js';

const words = 'Somebody was recognised in two releases.';
const begun: FreezeRecord = { frozenById: 'ida', thawAskedById: null };
const asked: FreezeRecord = { frozenById: 'ida', thawAskedById: 'ivo' };

describe('a freeze', () => {
  it.each<[FreezeRecord | null, string, string | undefined]>([
    [null, words, undefined],
    [null, 'Stop.', 'INCOMPLETE'],
    [null, 'x'.repeat(10), undefined],
    [null, 'x'.repeat(4_000), undefined],
    [null, 'x'.repeat(4_001), 'INCOMPLETE'],
    [begun, words, 'WRONG_STATE'],
    [asked, words, 'WRONG_STATE'],
  ])('where there is %j: %s', (current, reason, code) => {
    expect(refuseFreeze(current, reason)?.code).toBe(code);
  });

  it.each<[string, FreezeRecord | null, string, string, string | undefined]>([
    ['nobody ends what is not', null, 'ivo', words, 'WRONG_STATE'],
    ['not who began it', begun, 'ida', words, 'OWN_SUSPENSION'],
    ['nor as the second', asked, 'ida', words, 'OWN_SUSPENSION'],
    ['another asks', begun, 'ivo', words, undefined],
    ['once', asked, 'ivo', words, 'ALREADY_DECIDED'],
    ['and a third ends it', asked, 'ina', words, undefined],
    ['in words', asked, 'ina', 'Fine.', 'INCOMPLETE'],
  ])('%s', (_, current, personId, reason, code) => {
    expect(refuseThaw(current, personId, reason)?.code).toBe(code);
  });
});
