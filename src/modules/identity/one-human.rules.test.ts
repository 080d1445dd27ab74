import { normalEmail } from '../../core/text/email-address.js';
import { likenesses } from './one-human.rules.js';

const somebody = (part: string, name: string, ...emails: string[]) => ({
  part,
  personId: part,
  name,
  emails,
});

it.each<[string, [string, string], [string, string], string | undefined]>([
  ['the same address', ['Ann Lee', 'ann.lee@ucl.ac.uk'], ['B. Ray', 'Ann.Lee+x@UCL.ac.uk'], 'ADDRESS'],
  [
    'an address with dots that count for nothing',
    ['A', 'an.n@gmail.com'],
    ['B', 'ann@googlemail.com'],
    'ADDRESS',
  ],
  ['dots that count', ['A', 'an.n@ucl.ac.uk'], ['B', 'ann@ucl.ac.uk'], undefined],
  ['a mailbox elsewhere', ['A', 'ann.lee@ucl.ac.uk'], ['B', 'ann-lee@example.org'], 'MAILBOX_NAME'],
  ['a mailbox that many have', ['A', 'info@ucl.ac.uk'], ['B', 'info@example.org'], undefined],
  ['the name in another order', ['Dr Zoë Lee', 'z@a.org'], ['LEE, Zoe', 'q@b.org'], 'NAME'],
  ...['Prof', 'Professor', 'Mr', 'Mrs', 'Ms', 'Miss', 'Mx.', 'Sir', 'Dame'].map(
    (title): [string, [string, string], [string, string], string] => [
      `the name without the title ${title}`,
      [`${title} Ann Lee`, 'z@a.org'],
      ['Ann Lee', 'q@b.org'],
      'NAME',
    ],
  ),
  ['the title of another', ['Dr Lee', 'z@a.org'], ['Dr. Lee', 'q@b.org'], undefined],
  ['one word of a name', ['Lee', 'z@a.org'], ['Lee', 'q@b.org'], undefined],
  ['other people', ['Ann Lee', 'ann.lee@a.org'], ['Ben Ray', 'ben.ray@a.org'], undefined],
])('finds %s', (_, one, other, basis) => {
  const found = likenesses([somebody('requester', ...one), somebody('referee', ...other)]);
  expect(found).toEqual(basis ? [{ parts: ['requester', 'referee'], basis }] : []);
});

it('does not hold one account in two parts against itself', () => {
  const ann = { personId: 'ann', name: 'Ann Lee', emails: ['ann@a.org'] };
  expect(
    likenesses([
      { ...ann, part: 'operator' },
      { ...ann, part: 'publisher' },
    ]),
  ).toEqual([]);
});

it('looks at two without an account as at any other two', () => {
  const stranger = { personId: null, name: 'Ann Lee', emails: [] };
  const parts = [
    { ...stranger, part: 'referee' },
    { ...stranger, part: 'applicant' },
  ];
  expect(likenesses(parts)).toEqual([{ parts: ['referee', 'applicant'], basis: 'NAME' }]);
});

it('knows two addresses of nobody apart', () => {
  expect(likenesses([somebody('a', 'A'), somebody('b', 'B')])).toEqual([]);
  expect(normalEmail('First.Last+tag@GoogleMail.com')).toBe('firstlast@gmail.com');
});
