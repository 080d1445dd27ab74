import { idOfSecretToken, isSecretOf, makeSecretToken } from './secret-token.js';

describe('a secret token', () => {
  it('is recognised by its hash, and is another one every time', () => {
    const one = makeSecretToken();
    const other = makeSecretToken();
    expect(idOfSecretToken(one.token)).toBe(one.id);
    expect(isSecretOf(one.token, one.secretHash)).toBe(true);
    expect(isSecretOf(other.token, one.secretHash)).toBe(false);
    expect(one.token).not.toContain(one.secretHash);
    expect(new Set([one.id, other.id, one.secretHash, other.secretHash]).size).toBe(4);
  });

  it('does not pass with any one character of its secret changed, nor without a hash to compare with', () => {
    const { token, secretHash } = makeSecretToken();
    for (let at = 22; at < token.length; at += 1) {
      const swapped = token[at] === 'A' ? 'B' : 'A';
      const forged = token.slice(0, at) + swapped + token.slice(at + 1);
      expect(isSecretOf(forged, secretHash)).toBe(false);
    }
    expect(isSecretOf(token, null)).toBe(false);
    expect(isSecretOf(token, '')).toBe(false);
  });

  it.each(['', 'x', 'A'.repeat(63), 'A'.repeat(65), `${'A'.repeat(63)}=`, `${'A'.repeat(63)}/`])(
    'is not %j',
    (text) => {
      expect(idOfSecretToken(text)).toBeNull();
    },
  );
});
