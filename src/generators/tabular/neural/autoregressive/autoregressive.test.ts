import { Random } from '../../../../core/random/random.js';
import { isMissing } from '../../../../core/table/missing-bitmap.js';
import type { Condition } from '../../../generator.js';
import { columnOf, sourceOf } from '../../../testing/a-source.js';
import { collectCells } from '../../../testing/cells.js';
import type { Cell } from '../../../testing/cells.js';
import { autoregressiveNetwork } from './autoregressive-network.js';
import { impute } from './impute.js';
import type { AutoregressiveModel } from './model.js';

const random = Random.fromSeed('42');
const rowCount = 1500;
const wards = ['A', 'B', 'C'];

/** The ward decides the level, and the level the score; every tenth level is missing. */
const source = (() => {
  const ward: Cell[] = [];
  const level: Cell[] = [];
  const score: Cell[] = [];
  for (let row = 0; row < rowCount; row += 1) {
    const at = (draw: number): number => random.uniformAt(row, draw);
    const place = at(0) < 0.6 ? 0 : at(0) < 0.9 ? 1 : 2;
    const height = 30 * place + Math.floor(20 * at(1));
    ward.push(wards[place] ?? '');
    level.push(at(2) < 0.1 ? null : height);
    score.push(height > 25 ? 'high' : 'low');
  }
  return sourceOf({ ward: columnOf(ward), level: columnOf(level), score: columnOf(score) }, rowCount);
})();
const schema = {
  columns: [
    { name: 'ward', type: 'category', missingMarkers: [''] },
    { name: 'level', type: 'integer', missingMarkers: [''] },
    { name: 'score', type: 'category', missingMarkers: [''] },
  ],
} as const;

const learn = (parameters: Record<string, unknown> = {}): Promise<AutoregressiveModel> =>
  autoregressiveNetwork.fit(
    { schema, rows: source },
    {
      parameters: { stepsMax: 700, batchRows: 200, groups: 40, rateMillionths: 10_000, ...parameters },
      random,
    },
  );

const sample = (
  model: AutoregressiveModel,
  conditions: readonly (readonly [string, Condition])[] = [],
): Promise<Map<string, Cell[]>> =>
  collectCells(
    autoregressiveNetwork.sample(model, {
      ...{ columns: ['ward', 'level', 'score'], rows: 600, random },
      conditions: new Map(conditions),
    }),
  );

const share = (cells: readonly Cell[] | undefined, holds: (cell: Cell) => boolean): number =>
  (cells ?? []).filter(holds).length / (cells?.length ?? 1);

describe('the network of any order', () => {
  let model: AutoregressiveModel;
  beforeAll(async () => {
    model = await learn();
  });

  it('learns what goes with what, and keeps the curve of its losses', async () => {
    const made = await sample(model);
    expect(share(made.get('ward'), (cell) => cell === 'A')).toBeCloseTo(0.6, 1);
    expect(share(made.get('level'), (cell) => cell === null)).toBeCloseTo(0.1, 1);
    const right = (made.get('level') ?? []).map((cell, row) => {
      const ward = made.get('ward')?.[row];
      return cell === null || Math.floor(Number(cell) / 30) === wards.indexOf(String(ward));
    });
    expect(right.filter(Boolean).length / right.length).toBeGreaterThan(0.9);
    const losses = model.training.curve.map(({ validation }) => validation ?? NaN);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) - 0.5);
  });

  it.each([
    [
      'forwards',
      [['ward', 'B']],
      'level',
      (cell: Cell) => cell === null || (Number(cell) >= 30 && Number(cell) < 50),
    ],
    ['backwards', [['score', 'low']], 'ward', (cell: Cell) => cell === 'A'],
    ['by a range', [['level', { low: 64, high: 74 }]], 'ward', (cell: Cell) => cell === 'C'],
    ['by a number', [['level', 35]], 'score', (cell: Cell) => cell === 'high'],
    [
      'by two columns',
      [
        ['ward', 'B'],
        ['score', 'high'],
      ],
      'level',
      (cell: Cell) => cell === null || Number(cell) > 25,
    ],
  ] as const)(
    'meets conditions in every row, %s, and draws the rest given them',
    async (_, given, name, holds) => {
      const made = await sample(model, given);
      for (const [column, condition] of given)
        expect(
          share(made.get(column), (cell) =>
            typeof condition === 'object'
              ? Number(cell) >= condition.low && Number(cell) <= condition.high
              : cell === condition,
          ),
        ).toBe(1);
      expect(share(made.get(name), holds)).toBeGreaterThan(0.8);
    },
  );

  it('makes a known gap, and refuses what it has not learned', async () => {
    expect(share((await sample(model, [['level', null]])).get('level'), (cell) => cell === null)).toBe(1);
    for (const [name, condition] of [
      ['ward', 'D'],
      ['level', 500],
      ['level', 30.5],
      ['ward', null],
      ['ward', 3],
    ] as const)
      await expect(async () => sample(model, [[name, condition]])).rejects.toThrow(
        expect.objectContaining({ name: 'ConditionError', column: name }) as Error,
      );
  });

  it('gives a category the share that is asked for, and the rest as it goes with it', async () => {
    const shares = { A: 0.1, C: 0.9 };
    const balanced = { ...model, parameters: { ...model.parameters, rebalance: { column: 'ward', shares } } };
    const made = await sample(balanced);
    expect(share(made.get('ward'), (cell) => cell === 'C')).toBeGreaterThan(0.85);
    expect(share(made.get('ward'), (cell) => cell === 'B')).toBe(0);
    expect(share(made.get('level'), (cell) => cell === null || Number(cell) >= 60)).toBeGreaterThan(0.75);
    for (const wrong of [
      { column: 'ward', shares: { D: 1 } },
      { column: 'level', shares: { 3: 1 } },
    ])
      await expect(learn({ rebalance: wrong, stepsMax: 1 })).rejects.toThrow(
        expect.objectContaining({ name: 'ParameterError', parameter: 'rebalance' }) as Error,
      );
  });

  it('fills the gaps of rows and leaves what is known', async () => {
    const columns = new Map<string, ReturnType<typeof columnOf>>([
      ['ward', columnOf(['A', 'B', null, 'C', null, null])],
      ['level', columnOf([null, null, 70, null, 5, 41])],
      ['other', columnOf(['x', null, 'y', 'x', 'x', 'x'])],
      ['score', columnOf([null, 'high', null, null, null, null])],
    ]);
    const filled = await impute(model, { rowCount: 6, columns }, random);
    const cells = await collectCells(
      (async function* () {
        yield await Promise.resolve(filled);
      })(),
    );
    expect(cells.get('ward')).toEqual(['A', 'B', 'C', 'C', 'A', 'B']);
    expect(cells.get('level')?.slice(2)).toEqual([70, expect.any(Number), 5, 41]);
    expect(cells.get('score')?.slice(2)).toEqual(['high', 'high', 'low', 'high']);
    expect(cells.get('other')).toEqual(['x', null, 'y', 'x', 'x', 'x']);
    const level = filled.columns.get('level');
    expect(level && [0, 1, 3].some((row) => isMissing(level.missing, row))).toBe(false);
    expect(await impute(model, { rowCount: 6, columns }, random)).toEqual(filled);
  });

  it('goes on from a checkpoint to the same bytes', async () => {
    const whole = await learn({ stepsMax: 210 });
    let bytes: Uint8Array | null = null;
    const checkpoints = {
      load: () => Promise.resolve(bytes),
      save: (saved: Uint8Array) => {
        bytes = saved.slice();
        throw new Error('killed');
      },
    };
    const parameters = { stepsMax: 210, batchRows: 200, groups: 40, rateMillionths: 10_000 };
    const fit = () =>
      autoregressiveNetwork.fit({ schema, rows: source }, { parameters, random, checkpoints });
    await expect(fit()).rejects.toThrow('killed');
    expect(autoregressiveNetwork.save(await fit())).toEqual(autoregressiveNetwork.save(whole));
  });
});
