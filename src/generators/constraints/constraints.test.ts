import fc from 'fast-check';
import { Random } from '../../core/random/random.js';
import type { ColumnSchema } from '../../core/schema/schema.js';
import type { Cell } from '../testing/cells.js';
import { collectCells } from '../testing/cells.js';
import { columnOf, sourceOf } from '../testing/a-source.js';
import type { RowsGenerator } from '../generator.js';
import { findGenerator } from '../generators.js';
import { constrainedFormats, fitConstrained, sampleConstrained } from './constrained.js';
import { bindConstraint } from './constraint-kinds.js';
import { parseConstraints } from './constraint.js';

const random = Random.fromSeed('constraints');
const at = (row: number, draw: number): number => random.uniformAt(row, draw);
const rowCount = 600;
const cells = (make: (row: number) => Cell): Cell[] =>
  Array.from({ length: rowCount }, (_, row) => make(row));

const start = cells((row) => (at(row, 0) < 0.1 ? null : 18_000 + Math.floor(1000 * at(row, 1))));
const end = cells((row) =>
  at(row, 2) < 0.1 ? null : Number(start[row] ?? 18_500) + Math.floor(20 * at(row, 3) ** 3),
);
const low = cells((row) => Math.round(400 * at(row, 4)) / 10);
const middle = cells((row) => Math.round(10 * (Number(low[row]) + 0.1 + 30 * at(row, 5))) / 10);
const high = cells((row) => Math.round(10 * (Number(middle[row]) + 0.1 + 30 * at(row, 6))) / 10);
const red = cells((row) => Math.round(100 * at(row, 7)));
const white = cells((row) => (at(row, 8) < 0.1 ? null : Math.round(50 * at(row, 9))));
const given: Readonly<Record<string, readonly [ColumnSchema['type'], readonly Cell[]]>> = {
  start: ['date', start],
  end: ['date', end],
  low: ['number', low],
  middle: ['number', middle],
  high: ['number', high],
  red: ['integer', red],
  white: ['integer', white],
  all: ['integer', cells((row) => (white[row] === null ? null : Number(red[row]) + Number(white[row])))],
  dose: ['number', cells((row) => 2.5 * Math.floor(9 * at(row, 10)))],
  ward: ['category', cells((row) => 'abc'[row % 3]!)],
  town: ['category', cells((row) => (row === 0 ? 'lonely' : 'xyz'[row % 3]!))],
  one: ['integer', cells((row) => (row % 4 === 0 ? 1 : 0))],
  two: ['integer', cells((row) => (row % 4 === 1 ? 1 : 0))],
  three: ['integer', cells((row) => (row % 4 > 1 ? 1 : 0))],
  sex: ['category', cells((row) => (at(row, 11) < 0.5 ? 'm' : 'f'))],
  pregnant: ['category', cells((row) => (at(row, 11) < 0.5 ? 'no' : at(row, 12) < 0.2 ? 'yes' : 'no'))],
  ratio: ['number', cells((row) => Math.round((1000 * Number(red[row])) / (1 + Number(low[row]))) / 1000)],
  risk: ['category', cells((row) => (white[row] === null ? null : Number(red[row]) > 50 ? 'high' : 'low'))],
  ticket: ['integer', cells((row) => 100_000 + 7 * row)],
  score: ['integer', cells((row) => Math.floor(28 * at(row, 13)))],
};
const schema = {
  columns: Object.entries(given).map(([name, [type]]) => ({ name, type, missingMarkers: [''] })),
};
const rows = sourceOf(
  Object.fromEntries(
    Object.entries(given).map(([name, [type, values]]) => [
      name,
      columnOf(values, type === 'date' ? 'date' : 'number'),
    ]),
  ),
  rowCount,
);
const declared = [
  { type: 'inequality', low: 'start', high: 'end' },
  { type: 'inequality', low: 'low', high: 'middle', strict: true },
  { type: 'inequality', low: 'middle', high: 'high', strict: true },
  { type: 'sum', total: 'all', parts: ['red', 'white'] },
  { type: 'increments', column: 'dose', step: 2.5 },
  { type: 'combinations', columns: ['ward', 'town'] },
  { type: 'one-hot', columns: ['one', 'two', 'three'] },
  { type: 'implication', when: { column: 'sex', is: 'm' }, then: { column: 'pregnant', is: 'no' } },
  { type: 'bounds', column: 'score', low: 0, high: 27 },
  { type: 'formula', column: 'ratio', formula: 'red / (1 + low)' },
  { type: 'formula', column: 'risk', formula: "if(white >= 0, if(red > 50, 'high', 'low'), 'none')" },
  { type: 'unique', column: 'ticket' },
];
const options = { parameters: {}, random };
const columns = Object.keys(given);

describe.each(['sequential-cart', 'gaussian-copula'])('constraints on %s', (name) => {
  const generator = findGenerator(name) as RowsGenerator;

  it('hold in every row, any of them together', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(declared), fc.integer({ min: 0, max: 1000 }), async (chosen, seed) => {
        const constraints = parseConstraints(chosen);
        const model = await fitConstrained(generator, { schema, rows, constraints }, options);
        const stream = Random.fromSeed(String(seed));
        const made = await collectCells(
          sampleConstrained(generator, model, { columns, rows: 500, random: stream }),
        );
        expect([...made.keys()]).toEqual(columns);
        for (const constraint of constraints)
          for (let row = 0; row < 500; row += 1)
            expect(bindConstraint(constraint).holds((column) => made.get(column)![row] ?? null)).toBe(true);
        if (constraints.some(({ type }) => type === 'unique'))
          expect(new Set(made.get('ticket')).size).toBe(500);
      }),
      { numRuns: 6 },
    );
  });

  it('keep the laws of what they replace', async () => {
    const constraints = parseConstraints(declared);
    const model = await fitConstrained(generator, { schema, rows, constraints }, options);
    const made = await collectCells(sampleConstrained(generator, model, { columns, rows: 2000, random }));
    const mean = (values: readonly Cell[]): number => {
      const known = values.filter((value) => value !== null);
      return known.reduce<number>((sum, value) => sum + Number(value), 0) / known.length;
    };
    // All have an sd below 0.06 of their own spread, in the source and here.
    for (const [column, tolerance] of [
      ['high', 6],
      ['all', 8],
      ['dose', 1.5],
      ['one', 0.1],
    ] as const)
      expect(Math.abs(mean(made.get(column)!) - mean(given[column]![1]))).toBeLessThan(tolerance);
    const gaps = (values: readonly Cell[]): number =>
      values.filter((value) => value === null).length / values.length;
    expect(Math.abs(gaps(made.get('end')!) - 0.1)).toBeLessThan(0.06);
    expect(new Set(made.get('town'))).toEqual(new Set(['x', 'y', 'z']));
    const formats = constrainedFormats(generator, model);
    expect(formats.map((format) => format.name)).toEqual(columns);
    expect(formats.find((format) => format.name === 'high')).toEqual({
      name: 'high',
      type: 'number',
      decimals: 1,
    });
  });
});

describe('constraints that cannot be', () => {
  const cart = findGenerator('sequential-cart') as RowsGenerator;
  const fit = async (constraints: unknown): Promise<unknown> =>
    fitConstrained(cart, { schema, rows, constraints: parseConstraints(constraints) }, options);

  it.each([
    [[{ type: 'inequality', low: 'end', high: 'start' }], /Constraint 1: \d+ of 600 rows/],
    [[declared[0], { type: 'bounds', column: 'score', low: 0, high: 26 }], /Constraint 2: \d+ of 600 rows/],
    [[{ type: 'increments', column: 'dose', step: 5 }], /rows of the source/],
    [[{ type: 'sum', total: 'high', parts: ['red', 'white'] }], /600 of 600|rows of the source/],
    [[{ type: 'inequality', low: 'start', high: 'edn' }], /no column "edn"/],
    [[{ type: 'inequality', low: 'ward', high: 'low' }], /holds no numbers/],
    [[{ type: 'inequality', low: 'start', high: 'low' }], /not of the same kind/],
    [[declared[0], { type: 'bounds', column: 'start', low: 0, high: 1e9 }], /put it first/],
    [[{ type: 'combinations', columns: ['ward', 'low'] }], /holds no categories/],
    [
      [{ type: 'implication', when: { column: 'sex', is: 'm' }, then: { column: 'score', is: 'no' } }],
      /no value/,
    ],
    [[{ type: 'inequality', low: 'low' }], /"high" is not a text/],
    [[{ type: 'one-hot', columns: ['one'] }], /two or more/],
    [[{ type: 'expression' }], /no constraint of type/],
    [[{ type: 'bounds', column: 'score', max: 1 }], /it has no "max"/],
    [[{ type: 'formula', column: 'ratio', formula: 'red / low' }], /\d+ of 600 rows/],
    [[{ type: 'formula', column: 'ratio', formula: 'ratio + 0' }], /has "ratio" itself/],
    [[{ type: 'formula', column: 'ratio', formula: 'red /' }], /character 6: it ends too early/],
    [[{ type: 'formula', column: 'ratio', formula: 'ward' }], /gives "a", which is no number/],
    [[{ type: 'formula', column: 'ratio', formula: 'rde' }], /no column "rde"/],
    [[{ type: 'unique', column: 'score' }], /5\d\d of 600 rows/],
    [[{ type: 'unique', column: 'ward' }], /holds no numbers/],
    ['all', /not a list/],
  ])('are refused with their place: %j', async (constraints, message) => {
    await expect(fit(constraints)).rejects.toThrow(message);
  });

  it('are not checked on the rows of a differentially private generator', async () => {
    const generator = findGenerator('dp-independent-marginals') as RowsGenerator;
    const constraints = parseConstraints([declared[0]]);
    await expect(fitConstrained(generator, { schema, rows, constraints }, options)).rejects.toThrow(
      /reads every row/,
    );
  });

  it('are told from a condition on a column that they decide', async () => {
    const constraints = parseConstraints([declared[0]]);
    const model = await fitConstrained(cart, { schema, rows, constraints }, options);
    const conditions = new Map([['end', 18_000]]);
    expect(() => sampleConstrained(cart, model, { columns, rows: 1, random, conditions })).toThrow(
      /a constraint decides/,
    );
  });
});
