import { refuseOrder, refuseOutsider } from './judging.rules.js';

const request = {
  ...{ requesterId: 'ann', memberIds: ['mia'], operatorId: 'otto', recusedIds: ['rex'] },
  candidateHash: 'c0ffee',
};

it.each([
  ['ann', 'OWN_REQUEST'],
  ['mia', 'OWN_REQUEST'],
  ['otto', 'OPERATOR_DECIDES'],
  ['rex', 'CONFLICT_OF_INTEREST'],
  ['eva', undefined],
  ['ina', undefined],
])('the report of a candidate for %s: %s', (person, code) => {
  expect(refuseOutsider(request, person)?.code).toBe(code);
});

it.each([
  ['of the last checks of the candidate', {}, undefined],
  ['that is there', { isMade: true }, 'ALREADY_DECIDED'],
  ['of an earlier candidate', { evaluation: { id: 'last', candidateHash: 'decaf' } }, 'CANDIDATE_CHANGED'],
  ['where there is no candidate', { request: { candidateHash: null } }, 'CANDIDATE_CHANGED'],
  ['of earlier checks', { latestId: 'later' }, 'CANDIDATE_CHANGED'],
  ['where there are no checks', { latestId: undefined }, 'CANDIDATE_CHANGED'],
])('a report %s is ordered: %s', (_, change, code) => {
  const order = { request, evaluation: { id: 'last', candidateHash: 'c0ffee' }, latestId: 'last' };
  expect(refuseOrder({ ...order, isMade: false, ...change })?.code).toBe(code);
});
