import type { ColumnProfile, Profile } from '../../../core/profile/profile.js';
import { publishedStatistics } from '../differencing/published-statistics.js';
import { aCategoricalProfile, aNumericProfile, aProfile } from '../../testing/an-evaluation.js';
import { describeProfile } from './describe-profile.js';
import { diffProfiles } from './diff-profiles.js';
import { reviewProfile } from './review-profile.js';
import type { DisclosureReview } from './review-profile.js';

const age = aNumericProfile({ name: 'age', type: 'integer', edges: [40, 50, 90], counts: [60, 40] });
const born = aNumericProfile({ name: 'born', type: 'date', edges: [0, 3650, 7300], counts: [50, 50] });
const ward = aCategoricalProfile({
  name: 'ward',
  categories: [
    { value: 'A', count: 60 },
    { value: 'B', count: 20 },
  ],
  pooledCount: 20,
});
const nhs: ColumnProfile = {
  kind: 'withheld',
  name: 'nhs number',
  type: 'identifier',
  reason: 'identifier',
  count: 100,
  missingCount: 0,
};
const profile = aProfile([age, born, ward, nhs]);
const policy = profile.disclosureControl;

const review = (of: Profile, more: Partial<Parameters<typeof reviewProfile>[0]> = {}): DisclosureReview =>
  reviewProfile({ profile: of, hash: 'new', sourceName: 'heart', earlier: [], ...more }, policy);
const withColumn = (column: ColumnProfile, rows = 100): Profile => aProfile([column], rows);

describe('the review of a profile', () => {
  it('passes a profile that keeps all rules', () => {
    expect(review(profile)).toMatchObject({ status: 'pass', findings: [], difference: null });
  });

  it.each<[string, Profile, object]>([
    [
      'a floor under the policy',
      { ...profile, disclosureControl: { ...policy, cellCountMin: 9 } },
      { rule: 'policy' },
    ],
    [
      'finer rounding',
      { ...profile, disclosureControl: { ...policy, countRounding: 1 } },
      { rule: 'policy' },
    ],
    ['more bins', { ...profile, disclosureControl: { ...policy, binsMax: 51 } }, { rule: 'policy' }],
    [
      'a small bin',
      withColumn({ ...age, counts: [95, 5] }),
      { rule: 'minimum-cell', figure: 'range 50 to under 90' },
    ],
    ['few rows', { ...profile, columns: [], rows: 5 }, { rule: 'minimum-cell', column: null }],
    ['a count that is not rounded', withColumn({ ...age, counts: [61, 40] }), { rule: 'rounding' }],
    [
      'counts that contradict each other',
      withColumn({ ...age, counts: [60, 90] }),
      { rule: 'derivable-count' },
    ],
  ])('fails %s', (_, changed, finding) => {
    const { status, findings } = review(changed);
    expect(status).toBe('fail');
    expect(findings[0]).toMatchObject({ status: 'fail', ...finding });
  });

  it.each<[string, ColumnProfile, string]>([
    ['an empty bin', { ...age, counts: [100, 0] }, 'zero-cell'],
    [
      'one category for everybody',
      { ...ward, categories: [{ value: 'A', count: 100 }], pooledCount: 0 },
      'class-disclosure',
    ],
  ])('asks a person about %s', (_, column, rule) => {
    const { status, findings } = review(withColumn(column));
    expect(status).toBe('review');
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });

  it('finds a suppressed number of missing values that the other counts give away', () => {
    const exact = { ...policy, countRounding: 1 };
    const few = { ...age, counts: [60, 37], count: 100, missingCount: null };
    expect(
      reviewProfile(
        {
          profile: { ...withColumn(few), disclosureControl: exact },
          hash: 'new',
          sourceName: 'heart',
          earlier: [],
        },
        exact,
      ).findings,
    ).toMatchObject([
      {
        rule: 'derivable-count',
        status: 'fail',
        figure: 'missing',
        why: 'age missing is suppressed, but the other counts leave only exactly 3 people.',
      },
    ]);
    expect(review(withColumn({ ...few, counts: [60, 35] })).findings).toEqual([]);
  });

  it('uses that a suppressed number of missing values tells of enough present ones', () => {
    const exact = { ...policy, countRounding: 1 };
    const few: ColumnProfile = { ...nhs, count: 12, missingCount: null };
    const small = { ...withColumn(few, 12), disclosureControl: exact };
    const { findings } = reviewProfile(
      { profile: small, hash: 'new', sourceName: 'heart', earlier: [] },
      exact,
    );
    expect(findings).toMatchObject([
      { status: 'review', why: expect.stringContaining('leave only between 1 and 2 people') as string },
    ]);
  });

  it('fails what earlier publications of the source would give away, and names them', () => {
    const before = aProfile([{ ...age, edges: [40, 51, 90] }]);
    const earlier = [publishedStatistics(before, { hash: 'old', kind: 'release', sourceName: 'heart' })];
    expect(review(profile, { earlier, lastSigned: before })).toMatchObject({
      status: 'fail',
      findings: [
        { rule: 'differencing', figure: 'age from 50 to under 51', column: 'age', publications: ['old'] },
      ],
      difference: { columnsAdded: ['born', 'ward', 'nhs number'] },
    });
    expect(review(before, { earlier }).status).toBe('pass');
  });
});

describe('the description of a profile', () => {
  it('says what leaves, of what kinds, what is hidden and why', () => {
    expect(describeProfile(profile)).toBe(
      'What leaves the real zone is a set of counts, each over one column at a time, of a source of about 100 records in ' +
        '4 columns. 2 columns of numbers or dates have a count for each of 4 ranges in all (age, born); the outermost ' +
        'ranges also hold what lies beyond them, and at least 1.0 % of the records, never fewer than 10, lie at or beyond ' +
        'each outer bound. 1 column of categories names 2 categories with a count each (ward). Rarer categories are not ' +
        'named but pooled in ward: 20 records in all. Withheld, because it identifies people: the values of one column ' +
        'are not described at all (nhs number). How many values are missing is said of every column. No count rests on ' +
        'fewer than 10 records, and every count is rounded to a multiple of 5, so that none is exact. No row, no raw ' +
        'minimum or maximum and no relation between columns is in it.',
    );
  });

  it('says where the number of missing values is suppressed', () => {
    const few = { ...age, missingCount: null };
    expect(describeProfile(withColumn(few))).toContain('suppressed for age, where between 1 and 9 are');
    expect(review(withColumn(few)).columns).toEqual([
      'age: counts of 2 ranges between 40 and 90; fewer than 10 missing (number suppressed)',
    ]);
    expect(review(profile).columns[1]).toBe(
      'born: counts of 2 ranges between 1970-01-01 and 1989-12-27; none missing',
    );
  });
});

describe('the difference of two profiles', () => {
  it('is nothing between a profile and itself', () => {
    expect(diffProfiles(profile, profile)).toMatchObject({
      columnsAdded: [],
      columns: [],
      sentences: ['The two profiles say the same.'],
    });
  });

  it('names columns, statistics and counts that came, went or changed', () => {
    const newWard = { ...ward, categories: [...ward.categories, { value: 'C', count: 10 }], pooledCount: 10 };
    const after = { ...aProfile([{ ...age, counts: [65, 40] }, newWard, nhs], 105), sourceHash: 'other' };
    const difference = diffProfiles(aProfile([age, ward, born]), after);
    expect(difference).toMatchObject({
      rows: { before: 100, after: 105 },
      isOtherVersionOfSource: true,
      columnsAdded: ['nhs number'],
      columnsRemoved: ['born'],
      columns: [
        { column: 'age', added: [], changed: [{ figure: 'range 40 to under 50', before: 60, after: 65 }] },
        {
          column: 'ward',
          added: [{ figure: 'category C', before: null, after: 10 }],
          changed: [{ before: 20, after: 10 }],
        },
      ],
    });
    expect(difference.sentences).toEqual([
      'The two profiles are of different versions of the source.',
      'The number of rows was 100 and is 105.',
      'New column nhs number: nothing of its values, as it identifies people; none missing.',
      'Column born is no longer in it.',
      'Column age: 1 count changed (range 40 to under 50: 60 to 65).',
      'Column ward: 1 figure added (category C: none to 10), 1 count changed (pool (other): 20 to 10).',
    ]);
  });

  it('names rules that changed', () => {
    const tighter = { ...profile, disclosureControl: { ...policy, cellCountMin: 20 } };
    expect(diffProfiles(profile, tighter).sentences).toEqual(['The rule cellCountMin was 10 and is 20.']);
  });
});
