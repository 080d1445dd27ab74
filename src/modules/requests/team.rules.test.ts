import { membersMax, refuseTeam, type TeamFacts } from './team.rules.js';

const facts = (change: Partial<TeamFacts> = {}): TeamFacts => ({
  requesterId: 'ann',
  submittedIds: [],
  declinedIds: [],
  activeIds: ['mia', 'max', 'dee'],
  deciderIds: ['dee'],
  ...change,
});
const many = Array.from({ length: membersMax + 1 }, (_, index) => `m${index}`);

it.each<[string, readonly string[], Partial<TeamFacts>, string | undefined]>([
  ['nobody', [], {}, undefined],
  ['two colleagues', ['mia', 'max'], {}, undefined],
  ['the same colleague twice', ['mia', 'mia'], {}, 'INCOMPLETE'],
  ['the requester', ['mia', 'ann'], {}, 'INCOMPLETE'],
  ['nobody that there is', ['zoe'], {}, 'NOT_FOUND'],
  ['as many as may be', many.slice(1), { activeIds: many }, undefined],
  ['more than may be', many, { activeIds: many }, 'INCOMPLETE'],
  ['somebody who has decided', ['dee'], {}, 'ALREADY_DECIDED'],
  ['somebody who has declined', ['mia'], { declinedIds: ['mia'] }, 'ALREADY_DECIDED'],
  ['somebody who has left since the submission', ['leo'], { submittedIds: ['leo'] }, undefined],
  ['who was submitted and one more', ['mia', 'max'], { submittedIds: ['max'] }, undefined],
  ['one fewer than was submitted', ['mia'], { submittedIds: ['mia', 'max'] }, 'OWN_REQUEST'],
  ['nobody any more', [], { submittedIds: ['mia'] }, 'OWN_REQUEST'],
])('a team of %s: %s', (_, memberIds, change, expected) => {
  expect(refuseTeam(memberIds, facts(change))?.code).toBe(expected);
});

it('says whom it is about', () => {
  expect(refuseTeam(['mia', 'dee'], facts())).toMatchObject({ place: 'memberIds' });
  expect(refuseTeam(['mia', 'dee'], facts())?.message).toContain('"dee"');
});
