import { Random } from '../../../core/random/random.js';
import { UnknownColumnError } from '../../../core/schema/unknown-column-error.js';
import type { KnownCell, RowsGenerator } from '../../generator.js';
import { aSchema, aSource, columnOf, sourceOf } from '../../testing/a-source.js';
import { collectCells } from '../../testing/cells.js';
import type { Cell } from '../../testing/cells.js';
import { ConditionError } from '../condition-error.js';
import type { SequentialCartModel } from './model.js';
import { ParameterError } from '../parameter-error.js';
import { sampleSequentialCart } from './sample-sequential-cart.js';
import { sequentialCart } from './sequential-cart.js';
import { TooFewRowsError } from '../guards/too-few-rows-error.js';

const random = Random.fromSeed('42');
const columns = aSchema.columns.map(({ name }) => name);
const fit = (parameters: Record<string, unknown>): Promise<SequentialCartModel> =>
  sequentialCart.fit({ schema: aSchema, rows: aSource }, { parameters, random });

describe('the parameters of sequential CART', () => {
  it.each([
    [{ minLeaf: 19 }],
    [{ categoryFloor: 9 }],
    [{ valueFloor: 9 }],
    [{ tailCount: 0 }],
    [{ purityFloor: 19 }],
    [{ minLeaf: 20.5 }],
    [{ maxDepth: '30' }],
    [{ bagging: 0 }],
    [{ bins: 251 }],
    [{ order: 'age' }],
    [{ order: ['age', 'age'] }],
    [{ minleaf: 20 }],
  ])('refuse %j', async (parameters) => {
    await expect(fit(parameters)).rejects.toThrow(ParameterError);
  });

  it('refuse an order of columns that are not there', async () => {
    await expect(fit({ order: ['wrad'] })).rejects.toThrow(UnknownColumnError);
  });

  it('take another order, which changes no column but its place', async () => {
    const model = await fit({ order: ['seen at', 'age'] });
    expect(model.columns.map(({ name }) => name).slice(0, 3)).toEqual(['seen at', 'age', 'ward']);
    expect(sequentialCart.formats(model).map(({ name }) => name)).toEqual(columns);
  });
});

describe('a small or empty source', () => {
  const schema = { columns: [{ name: 'a', type: 'number' as const, missingMarkers: [] }] };
  const learn = async (cells: Cell[]): Promise<Cell[] | undefined> => {
    const rows = sourceOf({ a: columnOf(cells) }, cells.length);
    const model = await sequentialCart.fit({ schema, rows }, { parameters: {}, random });
    return (await collectCells(sequentialCart.sample(model, { columns: ['a'], rows: 50, random }))).get('a');
  };

  it.each([0, 1, 2, 39])('of %d rows is refused', async (count) => {
    await expect(learn(new Array<Cell>(count).fill(1))).rejects.toThrow(TooFewRowsError);
  });

  it.each([
    ['missing everywhere', new Array<Cell>(60).fill(null), [null]],
    ['known of nine rows', [...new Array<Cell>(9).fill(3), ...new Array<Cell>(51).fill(null)], [null]],
    ['the same everywhere', new Array<Cell>(60).fill(3), [3]],
    ['another in one row only', [4, ...new Array<Cell>(59).fill(3)], [3]],
  ])('with a column %s gives it as such', async (_, cells, expected) => {
    expect([...new Set(await learn(cells))]).toEqual(expected);
  });
});

describe('sampling by sequential CART', () => {
  let model: SequentialCartModel;
  beforeAll(async () => {
    model = await fit({ order: ['ward', 'age'] });
  });
  const given = (conditions: [string, KnownCell][]): Promise<Map<string, Cell[]>> =>
    collectCells(
      sequentialCart.sample(model, { columns, rows: 3000, random, conditions: new Map(conditions) }),
    );

  it('gives the same rows whatever the size of a block', async () => {
    const options = { columns, rows: 300, random };
    const whole = await collectCells(sampleSequentialCart(model, options, 300));
    for (const size of [1, 7, 64, 299])
      expect(await collectCells(sampleSequentialCart(model, options, size))).toEqual(whole);
  });

  it('keeps the relations between columns', async () => {
    const cells = await given([]);
    const share = (isOld: boolean): number => {
      const smokers = cells.get('smoker')!.filter((_, row) => Number(cells.get('age')![row]) > 50 === isOld);
      return smokers.filter((cell) => cell === 'true').length / smokers.length;
    };
    // 0.4 and 0.1 in the source's rule; 1500 rows on each side here, 700 and 500 there: sd below 0.025 all in all.
    expect(Math.abs(share(true) - 0.4)).toBeLessThan(0.1);
    expect(Math.abs(share(false) - 0.1)).toBeLessThan(0.1);
  });

  it('meets conditions on the columns made first in every row', async () => {
    const cells = await given([
      ['age', 82],
      ['ward', null],
    ]);
    expect(new Set(cells.get('ward'))).toEqual(new Set([null]));
    expect(new Set(cells.get('age'))).toEqual(new Set([82]));
    expect(cells.get('smoker')).toHaveLength(3000);
    const young = await given([['ward', 'C']]);
    expect(young.get('age')!.filter((age) => Number(age) > 61)).toEqual([]);
  });

  it.each([
    ['a column that is not made first', [['age', 82]]],
    [
      'a number outside the bounds',
      [
        ['ward', 'C'],
        ['age', 300],
      ],
    ],
    [
      'a text for a number',
      [
        ['ward', 'C'],
        ['age', '82'],
      ],
    ],
    ['an unknown category', [['ward', 'D']]],
  ] as [string, [string, KnownCell][]][])('refuses a condition on %s', (_, conditions) => {
    const options = { columns, rows: 1, random, conditions: new Map(conditions) };
    expect(() => sequentialCart.sample(model, options)).toThrow(ConditionError);
  });

  it('loads no model of another version, kind or shape, and says where', () => {
    const generator: RowsGenerator<SequentialCartModel> = sequentialCart;
    const [first, ...others] = model.columns;
    const broken: [object, string][] = [
      [{ ...model, version: '0.9.0' }, 'version'],
      [{ ...model, names: [] }, 'columns'],
      [{ ...model, parameters: { ...model.parameters, minLeaf: 2 } }, 'parameters'],
      [{ ...model, columns: [...others, first] }, ''],
    ];
    for (const [wrong, place] of broken) {
      const bytes = generator.save(wrong as SequentialCartModel);
      expect(() => generator.load(bytes)).toThrow(
        expect.objectContaining({
          name: 'ModelFormatError',
          place: expect.stringContaining(place) as string,
        }) as Error,
      );
    }
  });
});
