import { type ConflictFacts, fallsWith, refuseDeclaration } from './conflict.rules.js';

const aRequest = (change: Partial<ConflictFacts> = {}): ConflictFacts => ({
  state: 'IG_REVIEW',
  requesterId: 'ann',
  memberIds: ['mia'],
  operatorId: 'otto',
  evaluatorId: 'eva',
  endorserIds: ['eva', 'eda'],
  waiverIds: ['wim'],
  approverIds: ['dee'],
  delegatorIds: ['ina'],
  recusedIds: ['rex'],
  ...change,
});

describe('a conflict of interest', () => {
  it.each([
    ['ivo', false, undefined],
    ['dee', false, undefined],
    ['ann', false, 'OWN_REQUEST'],
    ['mia', false, 'OWN_REQUEST'],
    ['rex', false, 'ALREADY_DECIDED'],
    ['ivo', true, 'WRONG_STATE'],
  ])('is declared by %s (over: %s): %s', (person, isOver, code) => {
    expect(refuseDeclaration(person, aRequest(), isOver)?.code).toBe(code);
  });

  it.each([
    ['approver', 'dee', 'IG_REVIEW', 'approvals'],
    ['approver', 'dee', 'APPROVED', 'approvals'],
    ['person whose delegate approved', 'ina', 'APPROVED', 'approvals'],
    ['operator', 'otto', 'APPROVED', 'approvals'],
    ['evaluator', 'eva', 'APPROVED', 'evidence'],
    ['endorser of an earlier round', 'eda', 'IG_REVIEW', 'evidence'],
    ['giver of a waiver', 'wim', 'EVALUATING', 'evidence'],
    ['approver, once it is published,', 'dee', 'PUBLISHED', 'nothing'],
    ['evaluator, once it is published,', 'eva', 'PUBLISHED', 'nothing'],
    ['person without a part', 'ivo', 'APPROVED', 'nothing'],
  ])('of the %s (%s) in %s voids %s', (_, person, state, expected) => {
    expect(fallsWith(person, aRequest({ state }), false)).toBe(expected);
  });

  it('voids approvals when the person decided something that only the records show', () => {
    expect(fallsWith('olli', aRequest({ state: 'APPROVED' }), true)).toBe('approvals');
    expect(fallsWith('olli', aRequest({ state: 'AGREED' }), true)).toBe('nothing');
  });

  it('of who judges the candidate now voids the evidence before anything is endorsed', () => {
    expect(fallsWith('eva', aRequest({ state: 'EVALUATING', endorserIds: [] }), false)).toBe('evidence');
  });
});
