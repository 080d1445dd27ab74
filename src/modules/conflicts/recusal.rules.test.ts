import { type Judged, refuseRecusal } from './recusal.rules.js';

const statement = 'The registrar is my cousin.';
const judged = (change: Partial<Judged> = {}): Judged => ({
  ...{ askedById: 'otto', recusedIds: ['rex'], isOver: false },
  ...change,
});

it.each<[string, string, Partial<Judged>, string | undefined]>([
  ['ina', statement, {}, undefined],
  ['ina', 'x'.repeat(10), {}, undefined],
  ['ina', 'x'.repeat(4_000), {}, undefined],
  ['ina', 'cousin', {}, 'INCOMPLETE'],
  ['ina', ` ${'x'.repeat(4_001)}`, {}, 'INCOMPLETE'],
  ['otto', statement, {}, 'OWN_REQUEST'],
  ['ina', statement, { isOver: true }, 'WRONG_STATE'],
  ['rex', statement, {}, 'ALREADY_DECIDED'],
])('%s declares %j in %j: %s', (personId, words, change, expected) => {
  expect(refuseRecusal(personId, words, judged(change))?.code).toBe(expected);
});
