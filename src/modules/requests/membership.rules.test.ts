import { answerOf, refuseAnswer } from './membership.rules.js';

const named = {
  ...{ memberIds: ['mia', 'max'], confirmedMemberIds: ['max'], declinedMemberIds: ['moe'] },
  ...{ isSubmitted: true, isOver: false },
};

it.each([
  ['a member who is asked', 'mia', named, null],
  ['a member who has confirmed', 'max', named, 'ALREADY_DECIDED'],
  ['a person who has declined', 'moe', named, 'ALREADY_DECIDED'],
  ['a person who is not named', 'eve', named, 'NOT_FOUND'],
  ['a member of a draft', 'mia', { ...named, isSubmitted: false }, 'NOT_FOUND'],
  ['a member of what is over', 'mia', { ...named, isOver: true }, 'WRONG_STATE'],
])('%s answers as the rules say', (_, person, membership, code) => {
  expect(refuseAnswer(person, membership)?.code ?? null).toBe(code);
});

it('knows who has answered what', () => {
  expect(['mia', 'max', 'moe'].map((id) => answerOf(id, named))).toEqual([null, 'CONFIRMED', 'DECLINED']);
});
