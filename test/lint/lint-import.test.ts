import { profileFromSrcStats } from '../../src/evaluation/lint/import/profile-from-src-stats.js';
import type { SemanticType } from '../../src/core/schema/schema.js';
import { lintControl, lintOf } from './lint-of.js';

const utf8 = new TextEncoder();

function imported(
  files: Readonly<Record<string, string>>,
  types: Readonly<Record<string, SemanticType>>,
): ReturnType<typeof profileFromSrcStats> {
  const columns = Object.entries(types).map(([name, type]) => ({ name, type, missingMarkers: [] }));
  const bytes = Object.entries(files).map(([name, text]) => ({ name, bytes: utf8.encode(text) }));
  return profileFromSrcStats(bytes, { columns }, lintControl);
}

const counted = (name: string, ...rows: readonly (readonly [value: string, count: number])[]): string =>
  `${name}:\n${rows.map(([value, count]) => `  - {value: ${value}, count: ${count}}`).join('\n')}\n`;

describe('the import of src-stats', () => {
  it('makes categories of value lists with counts, rounded and with missing cells', () => {
    const { profile, leftOut } = imported(
      { 'src-stats.yaml': counted('auto__visit__ward', ['medical', 503], ['surgical', 41], ['null', 22]) },
      { ward: 'category' },
    );
    expect(leftOut).toEqual([]);
    expect(profile).toMatchObject({ version: 1, rows: 565, disclosureControl: lintControl });
    expect(profile.columns).toEqual([
      {
        ...{
          kind: 'categorical',
          name: 'ward',
          type: 'category',
          count: 545,
          missingCount: 20,
          pooledCount: 0,
        },
        categories: [
          { value: 'medical', count: 505 },
          { value: 'surgical', count: 40 },
        ],
      },
    ]);
    const { findings } = lintOf({ 'profile.json': JSON.stringify(profile) });
    expect(findings).toEqual([]);
  });

  it('withholds what has a mean and a deviation only, and says so', () => {
    const { profile, leftOut } = imported(
      { 'src-stats.yaml': 'auto__visit: [{mean__stay: 4.5, stddev__stay: 2, count: 90}]' },
      { stay: 'integer' },
    );
    expect(profile.columns).toMatchObject([{ kind: 'withheld', name: 'stay' }]);
    expect(leftOut[0]).toEqual({
      path: 'src-stats.auto__visit',
      why: 'A mean and a deviation make no histogram; the column is withheld.',
    });
  });

  it.each([
    ['a count under the floor', { 'src-stats.yaml': counted('auto__t__a', ['x', 90], ['y', 9]) }],
    ['no counts', { 'src-stats.yaml': 'auto__t__a: [{value: x}]' }],
    [
      'a query in the configuration that lists every group',
      {
        'src-stats.yaml': counted('auto__t__a', ['x', 90]),
        'config.yaml':
          'src-stats: [{name: auto__t__a, query: "SELECT a AS value, COUNT(a) AS count FROM t GROUP BY value"}]',
      },
    ],
    [
      'a private query that no ledger has',
      {
        'src-stats.yaml': counted('auto__t__a', ['x', 90]),
        'config.yaml':
          'src-stats: [{name: auto__t__a, query: "SELECT a FROM t", epsilon: 1, dp-query: "SELECT a AS value, COUNT(*) AS count FROM t GROUP BY a"}]',
      },
    ],
    [
      'an address in a comment',
      { 'src-stats.yaml': `auto__t__a: {comments: [x@y.example], results: [{value: x, count: 90}]}` },
    ],
  ])('takes nothing that has %s', (_, files) => {
    const { profile, leftOut } = imported(files, { a: 'category' });
    expect(profile.columns).toMatchObject([{ kind: 'withheld' }]);
    expect(leftOut[0]).toEqual({ path: 'src-stats.auto__t__a', why: 'It does not pass the linter.' });
  });

  it.each([
    ['Its column is not wanted.', counted('auto__t__b', ['x', 90]), 'category'],
    [
      'Values with counts are taken for columns of categories only.',
      counted('auto__t__a', ['1', 90]),
      'integer',
    ],
    ['The same value is listed twice.', counted('auto__t__a', ['1', 90], ['"1"', 90]), 'category'],
    [
      'Another statistic of the same column was taken.',
      counted('auto__s__a', ['x', 90]) + counted('auto__t__a', ['x', 90]),
      'category',
    ],
    [
      'It is no list of the values of one column with their counts.',
      'auto__t__a: [{value: x, k0: y, count: 90}]',
      'category',
    ],
  ])('says: %s', (why, text, type) => {
    const { leftOut } = imported({ 'src-stats.yaml': text }, { a: type as SemanticType });
    expect(leftOut.map((one) => one.why)).toContain(why);
  });

  it('says of each column why it is withheld', () => {
    const { leftOut } = imported(
      { 'src-stats.yaml': 'auto__t__a: []' },
      { nhs: 'identifier', sex: 'category' },
    );
    expect(leftOut.slice(1)).toEqual([
      { path: 'nhs', why: 'Identifiers and free text are never summarised; the column is withheld.' },
      { path: 'sex', why: 'No list of its values with counts passes; the column is withheld.' },
    ]);
  });
});
