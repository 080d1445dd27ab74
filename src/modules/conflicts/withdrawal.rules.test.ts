import { type Bars, refuseAsking, refuseWithdrawal } from './withdrawal.rules.js';

const declared = { personId: 'ann', withdrawalReason: null, withdrawnAt: null };
const asked = { ...declared, withdrawalReason: 'She has left the company.' };
const withdrawn = { ...asked, withdrawnAt: new Date(0) };
const reason = 'She has left the company.';

it.each([
  ['by whoever declared it, with a reason', 'ann', declared, reason, null],
  ['not by anybody else', 'ben', declared, reason, 'NOT_FOUND'],
  ['not without a reason', 'ann', declared, 'short', 'INCOMPLETE'],
  ['not with a book', 'ann', declared, 'x'.repeat(4001), 'INCOMPLETE'],
  ['not twice', 'ann', withdrawn, reason, 'WRONG_STATE'],
])('the withdrawal of a conflict of interest is asked for %s', (_, person, conflict, words, code) => {
  expect(refuseAsking(person, conflict, words)?.code ?? null).toBe(code);
});

const nothing: Bars = { askedByIds: [], recusedIds: [], speaksForEachOther: false };

it.each([
  ['by another person', 'ben', asked, nothing, null],
  ['not before the person has asked', 'ben', declared, nothing, 'WRONG_STATE'],
  ['not by the person', 'ann', asked, nothing, 'OWN_REQUEST'],
  ['not by who asked for what it is about', 'ben', asked, { ...nothing, askedByIds: ['ben'] }, 'OWN_REQUEST'],
  ['not by who has one, too', 'ben', asked, { ...nothing, recusedIds: ['ben'] }, 'CONFLICT_OF_INTEREST'],
  ['not by a delegate', 'ben', asked, { ...nothing, speaksForEachOther: true }, 'FORBIDDEN_DELEGATION'],
  ['not twice', 'ben', withdrawn, nothing, 'WRONG_STATE'],
])('the withdrawal of a conflict of interest is agreed to %s', (_, person, conflict, bars, code) => {
  expect(refuseWithdrawal(person, conflict, bars)?.code ?? null).toBe(code);
});
