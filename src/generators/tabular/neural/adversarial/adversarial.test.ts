import { Random } from '../../../../core/random/random.js';
import type { TableSchema } from '../../../../core/schema/schema.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import { PlainOps } from '../../../../core/tensor/testing/plain-ops.js';
import type { Condition } from '../../../generator.js';
import { aSchema, aSource, columnOf, sourceOf } from '../../../testing/a-source.js';
import { rowBlocks } from '../../../row-blocks.js';
import { collectCells } from '../../../testing/cells.js';
import type { Cell } from '../../../testing/cells.js';
import { ConditionError } from '../../condition-error.js';
import { ParameterError } from '../../parameter-error.js';
import { Pass } from '../layers/pass.js';
import { Weights } from '../layers/weights.js';
import { prepareTable } from '../transform/prepare-table.js';
import { ConditionSampler, conditionColumns } from './condition-columns.js';
import { ctgan } from './ctgan.js';
import { gradientPenalty } from './gradient-penalty.js';
import type { AdversarialModel } from './model.js';
import { wganGp } from './wgan-gp.js';

const random = Random.fromSeed('42');
const tiny = { stepsMax: 10, batchRows: 50, width: 8, noise: 4 };
const guards = {
  categoryFloor: 10,
  valueFloor: 10,
  tailCount: 10,
  entriesMax: 100,
  numbers: 'modes' as const,
};

describe('the parameters of adversarial networks', () => {
  it.each([
    [{ nothing: 1 }],
    [{ batchRows: 55 }],
    [{ width: 0 }],
    [{ entriesMax: 1 }],
    [{ valueFloor: 9 }],
    [{ backend: 'gpu' }],
    [{ numbers: 'digits' }],
  ])('refuse %j', async (parameters) => {
    const fit = ctgan.fit({ schema: aSchema, rows: aSource }, { parameters, random });
    await expect(fit).rejects.toThrow(ParameterError);
  });
});

describe('the gradient penalty', () => {
  it('of a linear critic is (|weights| - 1)², and its gradient the derivative of that', () => {
    const ops = new PlainOps();
    const weights = new Weights(ops, random);
    const weight = weights.add('w', { rows: 4, columns: 1 }, (own) => own.uniform() + 0.5);
    const pass = new Pass(new Calculus(ops), { trained: [weights], isTraining: true, random });
    const critic = {
      apply: (_: Pass, x: Parameters<typeof gradientPenalty>[2]['real']) =>
        pass.calculus.matMul(pass.calculus.reshape(x, x.value.rows / 2, 4), pass.use(weight)),
    };
    const [real, made] = [1, 2].map((value) => pass.constant(6, 2, new Float32Array(12).fill(value)));
    const penalty = gradientPenalty(pass, critic, { real: real!, made: made!, pack: 2 });
    const values = ops.read(weight.value);
    const norm = Math.hypot(...values);
    expect(ops.read(penalty.value)[0]).toBeCloseTo((norm - 1) ** 2, 5);
    const [gradient] = pass.calculus.gradients(penalty, [pass.use(weight)]);
    for (const [at, slope] of ops.read(gradient!.value).entries())
      expect(slope).toBeCloseTo((2 * (norm - 1) * values[at]!) / norm, 4);
  });
});

describe('what rows of a batch are asked for', () => {
  it('is each column as often, its choices by the logarithms of their rows, and answered by rows that have it', async () => {
    const { layout, encoded } = await prepareTable({ schema: aSchema, rows: aSource }, guards, { random });
    const columns = conditionColumns(layout);
    expect(columns.map(({ place }) => place.column.name)).toEqual(['ward', 'smoker']);
    expect(columns[0]!.counts.reduce((sum, count) => sum + count, 0)).toBe(aSource.rowCount);
    const sampler = new ConditionSampler(columns, encoded);
    const size = 20_000;
    const drawn = sampler.draw(size, random.fork('draw'));
    for (const [place, { counts }] of columns.entries()) {
      const logs = counts.map((count) => Math.log(count + 1));
      const all = logs.reduce((sum, log) => sum + log, 0);
      for (const [choice, log] of logs.entries()) {
        const found = drawn.asked.filter(
          (column, row) => column === place && drawn.choice[row] === choice,
        ).length;
        // Binomial with an sd of at most 71: beyond 350 once in a million.
        expect(Math.abs(found - (size / columns.length) * (log / all))).toBeLessThan(350);
      }
    }
    const rows = sampler.answers(drawn, random.fork('answers'));
    for (const [at, row] of rows.entries())
      expect(encoded.choices[columns[drawn.asked[at]!]!.column]![row]).toBe(drawn.choice[at]);
  });
});

describe('known cells', () => {
  const asked = { columns: ['age', 'ward'], rows: 1500, random };
  let model: AdversarialModel;
  beforeAll(async () => {
    model = await ctgan.fit({ schema: aSchema, rows: aSource }, { parameters: tiny, random });
  });
  const make = (conditions: Record<string, Condition>): Promise<Map<string, Cell[]>> =>
    collectCells(ctgan.sample(model, { ...asked, conditions: new Map(Object.entries(conditions)) }));

  it.each([['=B'], ['C'], [null]])('of one column of categories are met by every row: %j', async (ward) => {
    const made = await make({ ward });
    expect(made.get('ward')).toEqual(new Array(1500).fill(ward));
    expect(made.get('age')).toHaveLength(1500);
    expect(made.get('age')).not.toEqual((await make({})).get('age'));
  });

  it.each([
    [{ ward: 'D' }],
    [{ smoker: null }],
    [{ age: 50 }],
    [{ age: { low: 1, high: 80 } }],
    [{ ward: 'C', smoker: 'true' }],
  ])('that cannot all be met are refused: %j', (conditions) => {
    expect(() => make(conditions)).toThrow(ConditionError);
  });

  it('are refused by networks that cannot be asked', async () => {
    const plain = await wganGp.fit({ schema: aSchema, rows: aSource }, { parameters: tiny, random });
    const conditions = new Map([['ward', 'C']]);
    expect(() => wganGp.sample(plain, { ...asked, conditions })).toThrow(ConditionError);
  });
});

const given = new Map([
  ['ward', await aSource.column('ward')],
  ['age', await aSource.column('age')],
]);
const shareOf = (cells: readonly Cell[], wanted: Cell): number =>
  cells.filter((cell) => cell === wanted).length / cells.length;

/** Rows of two kinds: `a` about -5 and `b` about 5, b three times as often. */
const kinds = Array.from({ length: 800 }, (_, row) => (row % 4 === 0 ? 'a' : 'b'));
const values = kinds.map(
  (kind, row) => Math.round(100 * ((kind === 'a' ? -5 : 5) + random.uniformAt(row))) / 100,
);
const schema: TableSchema = {
  columns: [
    { name: 'kind', type: 'category', missingMarkers: [] },
    { name: 'value', type: 'number', missingMarkers: [] },
  ],
};

describe('CTGAN', () => {
  it('learns what goes with what, and how often', async () => {
    const rows = sourceOf({ kind: columnOf(kinds), value: columnOf(values) }, 800);
    const parameters = { stepsMax: 250, batchRows: 100, width: 32, noise: 8, rateMillionths: 2000 };
    const model = await ctgan.fit({ schema, rows }, { parameters, random });
    const made = await collectCells(ctgan.sample(model, { columns: ['kind', 'value'], rows: 2000, random }));
    const [names, numbers] = [made.get('kind')!, made.get('value')!.map(Number)];
    const agree = names.filter((name, row) => (name === 'a') === numbers[row]! < 0).length / 2000;
    const share = names.filter((name) => name === 'a').length / 2000;
    // Independent columns agree in 0.625 of the rows.
    expect(agree).toBeGreaterThan(0.85);
    // Shares are those of the rows, but for what 8,192 and 2,000 draws leave: an sd of 0.011.
    expect(Math.abs(share - 0.25)).toBeLessThan(0.06);
  });
});

describe('a network that has learned next to nothing', () => {
  it('still gives each category its share and numbers their law', async () => {
    const parameters = { ...tiny, numbers: 'quantiles' };
    const model = await wganGp.fit({ schema: aSchema, rows: aSource }, { parameters, random });
    const made = await collectCells(wganGp.sample(model, { columns: ['ward', 'age'], rows: 4000, random }));
    const source = await collectCells(rowBlocks(aSource.rowCount, aSource.rowCount, () => given));
    for (const category of new Set(source.get('ward'))) {
      const [before, after] = [source, made].map((cells) => shareOf(cells.get('ward')!, category));
      expect(Math.abs(after! - before!)).toBeLessThan(0.05);
    }
    const below = (cells: ReadonlyMap<string, Cell[]>, limit: number): number => {
      const ages = cells.get('age')!.filter((age) => age !== null);
      return ages.filter((age) => Number(age) < limit).length / ages.length;
    };
    for (const limit of [30, 40, 50, 60, 70])
      expect(Math.abs(below(made, limit) - below(source, limit))).toBeLessThan(0.05);
  });
});
