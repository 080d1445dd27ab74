import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { uuidBytes, uuidV5 } from './uuid-v5.js';

const dns = uuidBytes('6ba7b810-9dad-11d1-80b4-00c04fd430c8');

describe('a name-based UUID', () => {
  it('is that of the example in RFC 9562, appendix A.4', () => {
    expect(uuidV5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('has the bits of SHA-1 but for version and variant, whatever the name', () => {
    const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\u00e9'.repeat(3000)));
    fc.assert(
      fc.property(names, (name) => {
        const uuid = uuidV5(dns, name);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        const sha1 = createHash('sha1').update(dns).update(name, 'utf8').digest('hex');
        expect(uuid.replaceAll('-', '').slice(0, 12)).toBe(sha1.slice(0, 12));
        expect(uuid.replaceAll('-', '').slice(17)).toBe(sha1.slice(17, 32));
      }),
    );
  });
});
