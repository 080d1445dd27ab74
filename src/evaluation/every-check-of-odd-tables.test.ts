import fc from 'fast-check';
import type { Column } from '../core/table/table.js';
import type { SemanticType } from '../core/schema/schema.js';
import type { Check } from './check.js';
import { evaluate } from './evaluate.js';
import { measures } from './registry.js';
import type { EvaluationContext } from './evaluation-context.js';
import { aPackage } from './testing/an-evaluation.js';
import { categories, numbers, sourceOf } from './testing/columns.js';

type Cells = readonly (number | string | null)[];
type OddTable = Readonly<Record<string, Cells>>;

const columnOf = (cells: Cells): Column =>
  cells.some((cell) => typeof cell === 'string')
    ? categories(cells.map((cell) => (cell === null ? null : String(cell))))
    : numbers(cells.map((cell) => (typeof cell === 'number' ? cell : null)));

const read = (table: OddTable): ReturnType<typeof sourceOf> =>
  sourceOf(Object.fromEntries(Object.entries(table).map(([name, cells]) => [name, columnOf(cells)])));

interface OddCase {
  readonly real: OddTable;
  readonly holdout: OddTable;
  readonly candidate: OddTable;
  readonly target?: string;
  readonly group?: string;
}

/** They take minutes where there are rows enough: the tests of privacy checks run them on an odd table of their own. */
const learnAgain = ['membership-of-chosen-people', 'dp-audit', 'forest-grid-difference'];
const enough = 50;

/** Every check there is, all declared; crashes by name. */
async function everyCheck({ real, holdout, candidate, target, group }: OddCase): Promise<{
  readonly checks: Check[];
  readonly names: string[];
  readonly crashed: string[];
}> {
  const crashed: string[] = [];
  const names = Object.keys(real);
  const typeOf = (cells: Cells): SemanticType =>
    cells.some((cell) => typeof cell === 'string') ? 'category' : 'number';
  const [first = 'none'] = names;
  const made = read(candidate);
  const context: EvaluationContext = {
    schema: {
      columns: names.map((name) => ({ name, type: typeOf(real[name] ?? []), missingMarkers: [] })),
    },
    ...{ source: read(real), holdout: read(holdout), candidate: made, seed: 'odd' },
    ...{ profile: null, rowsRequested: made.rowCount, package: aPackage() },
    refit: () => Promise.resolve(() => Promise.resolve(made)),
    privacyClaim: { epsilon: 1, delta: 0, neighbours: 'add-remove' },
    declared: {
      target: target ?? first,
      protectedColumns: [{ column: group ?? names.at(-1) ?? 'none' }, { column: first, cuts: [0, 1] }],
      rules: [
        {
          name: 'any',
          kind: 'implication',
          when: [{ column: first, in: ['x'] }],
          then: [{ column: first, in: ['x'] }],
        },
      ],
    },
    onCheckCrash: (check, error) => {
      if (!(error instanceof Error) || error.name !== 'NotComputableError')
        crashed.push(`${check}: ${String(error)}`);
    },
  };
  const list = measures.filter(({ name }) => made.rowCount < enough || !learnAgain.includes(name));
  const all = Object.fromEntries(list.map(({ name }) => [name, { pass: 0, fail: 0 }]));
  return { checks: await evaluate(context, all), names: Object.keys(all), crashed };
}

/** A number that is one, or a fail with its reason. */
function expectWhole({ checks, names, crashed }: Awaited<ReturnType<typeof everyCheck>>): void {
  expect(crashed).toEqual([]);
  expect(checks.map(({ name }) => name).sort()).toEqual(names.sort());
  for (const { name, value, status, explanation, interval } of checks) {
    const figures = [value ?? 0, interval?.low ?? 0, interval?.high ?? 0];
    expect({ name, figures: figures.filter((figure) => !Number.isFinite(figure)) }).toEqual({
      name,
      figures: [],
    });
    if (value === null) expect({ name, status }).toEqual({ name, status: 'fail' });
    expect(explanation).toMatch(/^.{10}/);
    expect(explanation).not.toMatch(/NaN|Infinity|undefined|\[object/);
  }
}

const spread = (rows: number, factor = 7): number[] =>
  Array.from({ length: rows }, (_, row) => (row * factor) % 23);
const words = (rows: number, of: readonly string[]): string[] =>
  Array.from({ length: rows }, (_, row) => of[(row * 5) % of.length] ?? '');
const same = (table: OddTable): OddCase => ({ real: table, holdout: table, candidate: table });

describe('every check there is', () => {
  it.each<[string, OddCase]>([
    [
      'odd names',
      same({
        __proto: spread(80),
        'a"b;--': words(80, ['x', 'y']),
        constructor: spread(80, 3),
        ' ': spread(80, 5),
      }),
    ],
    [
      'a constant column',
      same({ a: new Array<number>(80).fill(7), b: spread(80), c: words(80, ['x', 'y']) }),
    ],
    ['nothing but constants', same({ a: new Array<number>(60).fill(7), b: new Array<string>(60).fill('x') })],
    [
      'a column without any value',
      same({ a: new Array<null>(80).fill(null), b: spread(80), c: words(80, ['x', 'y']) }),
    ],
    ['no value at all', same({ a: new Array<null>(60).fill(null), b: new Array<null>(60).fill(null) })],
    [
      'categories that the real rows have not',
      {
        ...same({ a: words(80, ['x', 'y']), b: spread(80) }),
        candidate: { a: words(80, ['new', 'other']), b: spread(80) },
      },
    ],
    [
      'a column that the candidate lacks',
      { ...same({ a: words(80, ['x', 'y']), b: spread(80) }), candidate: { a: words(80, ['x', 'y']) } },
    ],
    [
      'a column of another kind in the candidate',
      {
        ...same({ a: words(80, ['x', 'y']), b: spread(80) }),
        candidate: { a: spread(80), b: words(80, ['1', '2']) },
      },
    ],
    ['ten rows', same({ a: spread(10), b: words(10, ['x', 'y']) })],
    ['one subject', same({ a: [1], b: ['x'] })],
    [
      'no row in the candidate',
      { ...same({ a: spread(60), b: words(60, ['x', 'y']) }), candidate: { a: [], b: [] } },
    ],
    ['no row held out', { ...same({ a: spread(60), b: words(60, ['x', 'y']) }), holdout: { a: [], b: [] } }],
    ['no column', same({})],
  ])('finds a number or a reason for %s', async (_, odd) => {
    expectWhole(await everyCheck(odd));
  });

  it('finds a number or a reason for any small table', async () => {
    const number = fc.oneof(
      fc.constantFrom(null, 0, -0, 1e308, -1e308, 5e-324),
      fc.integer({ min: -3, max: 3 }),
    );
    const text = fc.constantFrom(null, '', 'x', 'y', '__proto__');
    const table = (rows: number, kinds: readonly boolean[]): fc.Arbitrary<OddTable> =>
      fc
        .tuple(
          ...kinds.map((isText) =>
            fc.array<number | string | null>(isText ? text : number, { minLength: rows, maxLength: rows }),
          ),
        )
        .map((columns) => Object.fromEntries(columns.map((cells, at) => [`c${at}`, cells])));
    const odd = fc
      .tuple(
        fc.constantFrom(0, 3, 52, 70),
        fc.constantFrom(1, 52, 60),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
      )
      .chain(([rows, made, kinds]) => fc.tuple(table(rows, kinds), table(rows, kinds), table(made, kinds)));
    await fc.assert(
      fc.asyncProperty(odd, async ([real, holdout, candidate]) => {
        expectWhole(await everyCheck({ real, holdout, candidate }));
      }),
      { numRuns: 10 },
    );
  });
});
