import { faker } from '@faker-js/faker/locale/en_GB';
import type { IdentifierSpace } from './identifier-space.js';

/** Where the words come from: another version has other words, and so other rows for the same seed. */
export const wordLists = '@faker-js/faker 10.6.0 en_GB';

const { person, location } = faker.rawDefinitions;
const distinct = (...lists: (readonly string[] | null | undefined)[]): readonly string[] => [
  ...new Set(lists.flatMap((list) => list ?? [])),
];
const givenNames = distinct(
  person?.first_name?.generic,
  person?.first_name?.female,
  person?.first_name?.male,
);
const familyNames = distinct(person?.last_name?.generic);
const towns = distinct(location?.city_name);
const streetWords = distinct(person?.last_name?.generic);
const streetKinds = [
  'Avenue',
  'Close',
  'Court',
  'Crescent',
  'Drive',
  'Gardens',
  'Lane',
  'Road',
  'Street',
  'Way',
];

/** What stands for one place of a value, and how many there are. */
interface Part {
  readonly size: number;
  at(index: number): string;
}

const wordsOf = (words: readonly string[]): Part => ({
  size: words.length,
  at: (index) => words[index] ?? '',
});
const numbersFrom = (low: number, high: number): Part => ({
  size: high - low + 1,
  at: (index) => String(low + index),
});
const text = (value: string): Part => ({ size: 1, at: () => value });
/** Three digits after a name, which nobody's name has. */
const mark = numbersFrom(100, 999);

function spaceOf(parts: readonly Part[], mayHold: (value: string) => boolean): IdentifierSpace {
  return {
    size: parts.reduce((product, { size }) => product * BigInt(size), 1n),
    at: (index) => {
      let left = index;
      return parts
        .map((part) => {
          const own = Number(left % BigInt(part.size));
          left /= BigInt(part.size);
          return part.at(own);
        })
        .join('');
    },
    mayHold,
  };
}

const isMarked = (value: string): boolean => /\p{L}[1-9]\d{2}$/u.test(value.trim());
const isIn = (words: readonly string[]): ((value: string) => boolean) => {
  const known = new Set(words.map((word) => word.toLowerCase()));
  return (value) => known.has(value.trim().toLowerCase());
};

/** Given names, family names or towns, marked by three digits unless they are to be plain. */
export function nameSpace(of: 'given' | 'family' | 'town', plain: boolean): IdentifierSpace {
  const words = { given: givenNames, family: familyNames, town: towns }[of];
  if (plain) return spaceOf([wordsOf(words)], isIn(words));
  return spaceOf([wordsOf(words), mark], isMarked);
}

export function fullNameSpace(plain: boolean): IdentifierSpace {
  const names = [wordsOf(givenNames), text(' '), wordsOf(familyNames)];
  if (!plain) return spaceOf([...names, mark], isMarked);
  const [isGiven, isFamily] = [isIn(givenNames), isIn(familyNames)];
  return spaceOf(names, (value) => {
    const [given = '', ...family] = value.trim().split(' ');
    return isGiven(given) && isFamily(family.join(' '));
  });
}

/** House numbers of five digits, which no street of the United Kingdom has. */
export function streetAddressSpace(): IdentifierSpace {
  const parts = [
    ...[numbersFrom(10_000, 99_999), text(' '), wordsOf(streetWords)],
    ...[text(' '), wordsOf(streetKinds)],
  ];
  return spaceOf(parts, (value) => /^\s*\d{5} /.test(value));
}

/** At a domain that belongs to nobody (RFC 2606). */
export function emailSpace(): IdentifierSpace {
  const local = (words: readonly string[]): Part =>
    wordsOf(
      distinct(
        words.map((word) =>
          word
            .normalize('NFKD')
            .replace(/[^A-Za-z]/g, '')
            .toLowerCase(),
        ),
      ),
    );
  const parts = [local(givenNames), text('.'), local(familyNames), numbersFrom(1000, 9999)];
  return spaceOf([...parts, text('@example.org')], (value) => /@example\.org\s*$/i.test(value));
}
