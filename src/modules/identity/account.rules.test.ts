import { refuseDisabling, refuseEnabling, refuseMove } from './account.rules.js';

const open = { id: 'pia', disabledAt: null, disabledById: null };
const shut = { id: 'pia', disabledAt: new Date(0), disabledById: 'ada' };

describe('an account', () => {
  it.each([
    [open, 'ada', undefined],
    [open, 'pia', 'NOT_PERMITTED'],
    [shut, 'ada', 'WRONG_STATE'],
    [null, 'ada', 'NOT_FOUND'],
  ])('%j is disabled by %s: %s', (account, actor, code) => {
    expect(refuseDisabling(account, actor)?.code).toBe(code);
  });

  it.each([
    [{ ...open, passwordHash: 'hash' }, undefined],
    [{ ...open, passwordHash: null }, 'WRONG_STATE'],
    [{ ...shut, passwordHash: 'hash' }, 'WRONG_STATE'],
    [null, 'NOT_FOUND'],
  ])('%j is moved to the identity provider: %s', (account, code) => {
    expect(refuseMove(account)?.code).toBe(code);
  });

  it.each([
    [shut, 'alf', true, undefined],
    [shut, 'ada', true, 'ALREADY_DECIDED'],
    [shut, 'ada', false, undefined],
    [{ ...shut, disabledById: null }, 'ada', true, undefined],
    [open, 'alf', true, 'WRONG_STATE'],
    [null, 'alf', true, 'NOT_FOUND'],
  ])('%j is enabled by %s (by another: %s): %s', (account, actor, byAnother, code) => {
    expect(refuseEnabling(account, actor, byAnother)?.code).toBe(code);
  });
});
