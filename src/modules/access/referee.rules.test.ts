import { refuseRefereeAnswer, refuseRefereeMail } from './referee.rules.js';

const now = new Date('2026-03-01T12:00:00Z');
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

describe('the answer of a referee', () => {
  const token = { expiresAt: minutes(1), spentAt: null };
  const statement = 'I have supervised her for three years.';

  it.each([
    [{ statement }, token, undefined],
    [{ statement: 'Yes.' }, token, 'INCOMPLETE'],
    [{ statement: 'x'.repeat(4_001) }, token, 'INCOMPLETE'],
    [{ statement }, { ...token, expiresAt: now }, 'NOT_FOUND'],
    [{ statement }, { ...token, spentAt: minutes(-1) }, 'NOT_FOUND'],
  ])('%j with %j: %s', (answer, held, code) => {
    expect(refuseRefereeAnswer(answer, held, now)?.code).toBe(code);
  });
});

describe('another letter to a referee', () => {
  const facts = { refereeMailsMax: 5, refereeMailMinutes: 10, isUnderWay: false, now };
  const grant = { state: 'REQUESTED', refereeMails: 1, refereeMailedAt: minutes(-10) };

  it.each([
    [grant, facts, undefined],
    [{ ...grant, refereeMailedAt: minutes(-9) }, facts, 'RATE_LIMITED'],
    [{ ...grant, refereeMails: 5 }, facts, 'RATE_LIMITED'],
    [grant, { ...facts, isUnderWay: true }, 'RATE_LIMITED'],
    [{ ...grant, state: 'REFEREE_CONFIRMED' }, facts, 'WRONG_STATE'],
  ])('%j with %j: %s', (asked, given, code) => {
    expect(refuseRefereeMail(asked, given)?.code).toBe(code);
  });
});
