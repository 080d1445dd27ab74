import type { CategoricalProfile, ColumnProfile, NumericProfile } from '../../../core/profile/profile.js';
import { aCategoricalProfile, aNumericProfile } from '../../testing/an-evaluation.js';
import { differencingRisk } from './differencing-risk.js';
import type { PublishedStatistics } from './published-statistics.js';

const rounding = { cellCountMin: 10, countRounding: 5 };

function published(
  hash: string,
  columns: readonly ColumnProfile[],
  more: Partial<PublishedStatistics> & { readonly version?: string } = {},
): PublishedStatistics {
  const { version = 'v1', ...rest } = more;
  const population = { sourceName: 'heart', contentHash: version };
  return { hash, kind: 'profile', population, rounding, rows: 100, columns, ...rest };
}

const age = (edges: readonly number[], counts: readonly number[]): NumericProfile =>
  aNumericProfile({ name: 'age', type: 'integer', edges, counts });
const ward = (counts: Record<string, number>, pooledCount = 0): CategoricalProfile =>
  aCategoricalProfile({
    name: 'ward',
    categories: Object.entries(counts).map(([value, count]) => ({ value, count })),
    pooledCount,
  });

describe('differencing within one version of a source', () => {
  it('finds the few people between two edges that two profiles put apart, and names both profiles', () => {
    const first = published('aaa', [age([0, 40, 90], [50, 50])]);
    const second = published('bbb', [age([0, 41, 90], [50, 50])]);
    expect(differencingRisk([first], second, rounding)).toMatchObject([
      {
        status: 'fail',
        column: 'age',
        cell: { kind: 'range', from: 40, to: 41 },
        atLeast: 0,
        atMost: 4,
        publications: ['aaa', 'bbb'],
        why: 'Together, profile aaa and profile bbb show that at most 4 people have age from 40 to under 41, fewer than 10.',
      },
    ]);
  });

  it('lets pass edges that have enough people between them', () => {
    const first = published('aaa', [age([0, 40, 90], [50, 50])]);
    const second = published('bbb', [age([0, 50, 90], [70, 30])]);
    expect(differencingRisk([first], second, rounding)).toEqual([]);
  });

  it('finds a pooled category by what another profile says of the others', () => {
    const first = published('aaa', [ward({ A: 50, B: 30 }, 20)], {
      rounding: { cellCountMin: 10, countRounding: 1 },
    });
    const second = published('bbb', [ward({ A: 50, B: 30, C: 12 }, 8)], {
      rounding: { cellCountMin: 5, countRounding: 1 },
    });
    const third = published('ccc', [ward({ A: 50, B: 30, C: 12 }, 0)], {
      rounding: { cellCountMin: 10, countRounding: 1 },
      rows: 92,
    });
    expect(differencingRisk([first], second, rounding)).toEqual([]); // One profile alone says 8: a small cell.
    expect(differencingRisk([first], third, rounding)).toMatchObject([{ status: 'review', column: 'ward' }]);
  });

  it('finds what two pools leave between them', () => {
    const first = published('aaa', [ward({ A: 60 }, 40)]);
    const second = published('bbb', [ward({ A: 60, B: 25 }, 15)], {
      rounding: { cellCountMin: 10, countRounding: 5 },
    });
    const fine = { cellCountMin: 10, countRounding: 1 };
    expect(differencingRisk([first], second, rounding)).toEqual([]);
    const manyNamed = published('ccc', [ward({ A: 60, B: 25 }, 15)], { rounding: fine });
    const pooledApart = published('ddd', [ward({ A: 60, C: 11 }, 29)], { rounding: fine });
    expect(differencingRisk([manyNamed], pooledApart, rounding)).toMatchObject([
      { status: 'fail', cell: { kind: 'unnamed' }, atLeast: 4, atMost: 4, publications: ['ccc', 'ddd'] },
    ]);
  });

  it('finds a suppressed number of missing cells that another rounding pins down', () => {
    const few = { ...ward({ A: 60, B: 35 }), missingCount: null, count: 100 };
    const first = published('aaa', [few], { rounding: { cellCountMin: 10, countRounding: 5 } });
    const second = published('bbb', [few], {
      rounding: { cellCountMin: 10, countRounding: 1 },
    });
    expect(differencingRisk([first], second, rounding)).toEqual([]); // The second alone says 5.
    const narrower = { cellCountMin: 5, countRounding: 5 };
    const third = published('ccc', [few], { rounding: narrower });
    expect(differencingRisk([first], third, rounding)).toEqual([]); // At most 4, says the third alone.
    const exact = published('ddd', [age([0, 10], [98])], {
      rounding: { ...narrower, countRounding: 1 },
      rows: 98,
    });
    expect(differencingRisk([first], exact, rounding)).toMatchObject([
      { cell: { kind: 'missing' }, atLeast: 1, atMost: 7 },
    ]);
  });

  it('takes together what the columns tell of the number of rows', () => {
    const exact = { cellCountMin: 10, countRounding: 1 };
    const first = published('aaa', [{ ...ward({ A: 97 }), missingCount: null, count: 100 }]);
    const second = published('bbb', [age([0, 10], [99])], { rows: 99, rounding: exact });
    const [finding] = differencingRisk([first], second, rounding);
    expect(finding).toMatchObject({ cell: { kind: 'missing' }, publications: ['aaa', 'bbb'] });
  });

  it('asks a person where profiles cannot be compared', () => {
    const first = published('aaa', [{ ...age([0, 40, 90], [50, 50]), name: 'ward' }]);
    const second = published('bbb', [ward({ A: 50, B: 50 })]);
    const third = published('ccc', [ward({ A: 70, B: 30 })]);
    expect(differencingRisk([first], second, rounding)).toMatchObject([
      {
        status: 'review',
        why: 'profile aaa and profile bbb describe in different ways the column ward: compare them by hand.',
      },
    ]);
    expect(differencingRisk([second], third, rounding)).toMatchObject([
      {
        status: 'review',
        why: expect.stringContaining('do not agree with each other about the column ward') as string,
      },
    ]);
  });

  it('reports what was so before the candidate as such, and what other sources say not at all', () => {
    const first = published('aaa', [age([0, 40, 90], [50, 50])]);
    const second = published('bbb', [age([0, 41, 90], [50, 50])]);
    const third = published('ccc', [age([0, 90], [100])]);
    expect(differencingRisk([first, second], third, rounding)).toMatchObject([
      { status: 'review', atMost: 4 },
    ]);
    const elsewhere = { ...first, population: { sourceName: 'lung', contentHash: 'other' } };
    expect(differencingRisk([elsewhere], second, rounding)).toEqual([]);
  });
});

describe('differencing between two versions of a source', () => {
  const columns = (count: number): ColumnProfile[] => [
    age([0, 40, 90], [count, 285]),
    ward({ A: 400, B: count - 115 }),
  ];

  it('finds that a few people left, in all and in the cells that show it', () => {
    const before = published('aaa', columns(285), { rows: 570 });
    const after = published('bbb', columns(280), { rows: 565, version: 'v2' });
    const findings = differencingRisk([before], after, rounding);
    expect(findings).toMatchObject([
      {
        status: 'fail',
        column: 'age',
        cell: { kind: 'range', from: -Infinity, to: 40 },
        atLeast: 1,
        atMost: 9,
      },
      { status: 'fail', column: null, cell: { kind: 'rows' }, atLeast: 1, atMost: 9 },
      {
        status: 'fail',
        column: 'ward',
        cell: { kind: 'category', value: 'B' },
        publications: ['aaa', 'bbb'],
      },
    ]);
    expect(findings[1]!.why).toBe(
      'profile aaa and profile bbb are about two versions of the source heart: by subtraction the newly published one ' +
        'has between 1 and 9 people fewer in "the source as a whole", under 10.',
    );
  });

  it('finds nothing where rounding hides whether anything changed, or where many came', () => {
    const before = published('aaa', columns(285), { rows: 570 });
    expect(
      differencingRisk([before], published('bbb', columns(285), { rows: 570, version: 'v2' }), rounding),
    ).toEqual([]);
    const grown = published('bbb', columns(385), { rows: 670, version: 'v2' });
    expect(differencingRisk([before], grown, rounding)).toEqual([]);
  });

  it('uses all that is public of each version', () => {
    const coarse = { cellCountMin: 10, countRounding: 50 };
    const fine = { cellCountMin: 10, countRounding: 1 };
    const before = published('aaa', [ward({ A: 300, B: 300 })], { rows: 600, rounding: coarse });
    const beforeToo = published('bbb', [ward({ A: 287, B: 291 })], { rows: 578, rounding: fine });
    const after = published('ccc', [ward({ A: 288, B: 291 })], { rows: 579, rounding: fine, version: 'v2' });
    expect(differencingRisk([before], after, rounding)).toEqual([]);
    expect(differencingRisk([before, beforeToo], after, rounding)).toMatchObject([
      { column: 'ward', cell: { value: 'A' }, atLeast: 1, atMost: 1, publications: ['bbb', 'ccc'] },
      { column: null },
    ]);
    expect(differencingRisk([beforeToo, after], { ...after, hash: 'ddd' }, rounding)).toMatchObject([
      { status: 'review' },
      { status: 'review' },
    ]);
  });
});
