import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { isTestNhsNumber } from '../../core/events/nhs-number.js';
import { Random } from '../../core/random/random.js';
import { newIdentifierKinds } from '../../core/schema/new-identifier.js';
import type { NewIdentifier } from '../../core/schema/new-identifier.js';
import { columnOf, sourceOf } from '../testing/a-source.js';
import { newValues } from './new-values.js';
import { parseNewIdentifier } from './parse-new-identifier.js';
import { patternSpace } from './pattern/pattern-space.js';
import { permutedIndex } from './permuted-index.js';
import { refuseOverlap } from './refuse-overlap.js';
import { spaceOf } from './space-of.js';
import { wordLists } from './word-spaces.js';

const random = Random.fromSeed('identifiers');

function valuesOf(regenerate: NewIdentifier, rows: number, stream = random): string[] {
  const column = newValues({ name: 'id', regenerate }, { rows, random: stream })(0, rows);
  return column.kind === 'text' ? [...column.values] : [];
}

describe('patterns', () => {
  const atom = fc.constantFrom('a', 'b', '[ab]', '[a-c]', '\\d', 'ab', '\\.');
  const quantified = fc
    .tuple(atom, fc.constantFrom('', '?', '{2}', '{0,2}', '{1,3}'))
    .map(([part, times]) => (part.length === 2 && part === 'ab' ? `(${part})${times}` : `${part}${times}`));
  const sequence = fc.array(quantified, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(''));
  const pattern = fc.array(sequence, { minLength: 1, maxLength: 3 }).map((branches) => branches.join('|'));

  it('number every text that the expression has, each once, and no other', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.'), maxLength: 5 }),
        (text, other) => {
          const space = patternSpace(text);
          const whole = new RegExp(`^(?:${text})$`);
          const count = Number(space.size < 3000n ? space.size : 3000n);
          const made = Array.from({ length: count }, (_, index) => space.at(BigInt(index)));
          expect(new Set(made).size).toBe(count);
          expect(made.filter((value) => !whole.test(value) || !space.mayHold(value))).toEqual([]);
          expect(space.mayHold(other)).toBe(whole.test(other));
          if (space.size <= 3000n && whole.test(other)) expect(made).toContain(other);
          expect(() => space.at(space.size)).toThrow(RangeError);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('count what two ways lead to once', () => {
    expect(patternSpace('a?a?').size).toBe(3n);
    expect(patternSpace('(ab|a)(b?)').size).toBe(3n);
    expect(patternSpace('^[0-9a-f]{32}$').size).toBe(16n ** 32n);
  });

  it.each([
    ['a+', /character 2: "\+" has no end/],
    ['[0-9]*', /has no end/],
    ['a{3,}', /not \{n\} or \{n,m\}/],
    ['a{2,1}', /the less first/],
    ['.', /any character/],
    ['[^a]', /not which not/],
    ['[b-a]', /wrong way round/],
    ['[ab', /"\]" is missing/],
    ['(a', /"\)" is missing/],
    ['a)', /nothing that it belongs to/],
    ['\\s', /not known/],
    ['(?=a)', /groups are/],
    ['é', /not ASCII/],
    ['\\', /ends too early/],
    ['((((a{60}){60}){60}){60})', /too long a way/],
  ])('that are none are refused with the place: %s', (text, message) => {
    expect(() => patternSpace(text)).toThrow(message);
  });
});

describe('a permuted index', () => {
  it('gives every number once, whatever their number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.string(), (size, seed) => {
        const permuted = permutedIndex(BigInt(size), Random.fromSeed(seed));
        const places = Array.from({ length: size }, (_, place) => Number(permuted(BigInt(place))));
        expect(places.toSorted((a, b) => a - b)).toEqual([...Array(size).keys()]);
      }),
      { numRuns: 40 },
    );
  });

  it('spreads neighbours, also over a space beyond the whole numbers of a double', () => {
    const size = 2n ** 90n;
    const permuted = permutedIndex(size, random);
    const halves = Array.from({ length: 2000 }, (_, place) => permuted(BigInt(place)) < size / 2n);
    // Binomial(2000, 1/2) is beyond 1000 +- 112 with a chance of 5e-7.
    expect(Math.abs(halves.filter(Boolean).length - 1000)).toBeLessThan(112);
  });
});

const everyKind = newIdentifierKinds.map((kind) =>
  parseNewIdentifier('id', kind === 'pattern' ? { kind, pattern: 'TST-[A-Z]{2}[0-9]{6}' } : { kind }),
);

describe.each(everyKind)('new values of the kind $kind', (regenerate) => {
  const space = spaceOf(regenerate);

  it('come from their space, the same for the same seed and row', () => {
    const values = valuesOf(regenerate, 500);
    expect(values.filter((value) => !space.mayHold(value))).toEqual([]);
    expect(valuesOf(regenerate, 700).slice(0, 500)).toEqual(values);
    const later = newValues({ name: 'id', regenerate }, { rows: 500, random })(300, 200);
    expect(later).toMatchObject({ values: values.slice(300) });
    expect(valuesOf(regenerate, 500, Random.fromSeed('another'))).not.toEqual(values);
  });

  it('are different numbers, different texts', () => {
    const size = space.size < 2000n ? space.size : 2000n;
    const texts = Array.from({ length: Number(size) }, (_, index) =>
      space.at((BigInt(index) * space.size) / size),
    );
    expect(new Set(texts).size).toBe(Number(size));
  });

  it('are each given once where they are to be unique', () => {
    const rows = Number(space.size < 3000n ? space.size : 3000n);
    const unique = { ...regenerate, unique: true };
    expect(new Set(valuesOf(unique, rows)).size).toBe(rows);
    if (space.size <= 2n ** 40n)
      expect(() =>
        newValues({ name: 'id', regenerate: unique }, { rows: Number(space.size) + 1, random }),
      ).toThrow(/are to have a value each/);
  });
});

describe('new values', () => {
  it('of NHS numbers are those that nobody has, with their check digit', () => {
    const values = valuesOf({ kind: 'nhs-number', unique: true }, 5000);
    expect(values.filter((value) => !isTestNhsNumber(value))).toEqual([]);
    expect(new Set(values).size).toBe(5000);
  });

  it('have forms that programs take', () => {
    const one = (kind: NewIdentifier['kind']): string => valuesOf({ kind, unique: false }, 1)[0]!;
    expect(one('email')).toMatch(/^[a-z]+\.[a-z]+\d{4}@example\.org$/);
    expect(one('postcode')).toMatch(/^[A-Z]{2}\d\d \d[A-Z]{2}$/);
    expect(one('uuid')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(one('full-name')).toMatch(/^\S.* \S.*\d{3}$/);
    expect(Number.isSafeInteger(Number(one('numeric-key')))).toBe(true);
  });

  it('say which lists the words come from', async () => {
    const file = createRequire(import.meta.url).resolve('@faker-js/faker/package.json');
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
    expect(wordLists).toBe(`@faker-js/faker ${version} en_GB`);
  });
});

describe('an overlap with the source', () => {
  const check = (regenerate: unknown, cells: readonly (string | null)[]): Promise<void> =>
    refuseOverlap(
      [{ name: 'id', regenerate: parseNewIdentifier('id', regenerate) }],
      sourceOf({ id: columnOf(cells) }, cells.length),
    );

  it.each(everyKind)('is refused with the number of rows: $kind', async (regenerate) => {
    const [one = '', two = ''] = valuesOf(regenerate, 2);
    await expect(check(regenerate, [one, null, 'of nobody', two, one])).rejects.toThrow(/: 3 of 5 rows/);
    await expect(check(regenerate, [null, 'of nobody'])).resolves.toBeUndefined();
  });

  it('is seen through spaces and capitals', async () => {
    const [number = ''] = valuesOf({ kind: 'nhs-number', unique: true }, 1);
    const spaced = `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;
    await expect(check({ kind: 'nhs-number' }, [spaced])).rejects.toThrow(/1 of 1/);
    await expect(check({ kind: 'email' }, ['Jo@Example.org'])).rejects.toThrow(/1 of 1/);
  });

  it('is let be for words that are declared plain', async () => {
    const plain = parseNewIdentifier('id', { kind: 'given-name', plain: true });
    const [name = ''] = valuesOf(plain, 1);
    expect(name).toMatch(/\D$/);
    await expect(check({ kind: 'given-name', plain: true }, [name])).resolves.toBeUndefined();
  });
});

describe('a declaration of new values', () => {
  it.each([
    [{ kind: 'passport' }, /no kind "passport"/],
    [{ kind: 'pattern' }, /goes with the kind pattern/],
    [{ kind: 'uuid', pattern: 'a' }, /goes with the kind pattern/],
    [{ kind: 'pattern', pattern: 'a+' }, /"\+" has no end/],
    [{ kind: 'key', unique: 'yes' }, /"unique" is not/],
    [{ kind: 'key', plain: true }, /"plain" is true or false/],
    [{ kind: 'key', format: 'x' }, /no "format"/],
    ['key', /not an object/],
  ])('that is none is refused: %j', (value, message) => {
    expect(() => parseNewIdentifier('id', value)).toThrow(message);
  });
});
