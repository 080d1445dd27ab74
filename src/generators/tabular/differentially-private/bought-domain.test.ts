import { composedGuarantee } from '../../../core/privacy/ledger-entry.js';
import { exactNoise } from '../../../core/privacy/noise.js';
import { PrivacyAccount } from '../../../core/privacy/privacy-account.js';
import { unitsRoundedDown } from '../../../core/privacy/privacy-units.js';
import { replayedBits } from '../../../core/privacy/testing/replayed-bits.js';
import { Random } from '../../../core/random/random.js';
import type { ColumnSchema } from '../../../core/schema/schema.js';
import { columnOf, sourceOf } from '../../testing/a-source.js';
import { collectCells } from '../../testing/cells.js';
import type { Cell } from '../../testing/cells.js';
import type { NetworkModel } from '../network/network-model.js';
import { sampleNetwork } from '../network/sample-network.js';
import { privateMarginalsMethod } from './private-marginals.js';
import { learnNetwork } from './private-network.js';
import { publicRanges } from './public-ranges.js';

const random = Random.fromSeed('bought');
const rowCount = 4000;
const at = (row: number, draw: number): number => random.uniformAt(row, draw);
const wards = Array.from({ length: rowCount }, (_, row): Cell => (row < 3 ? `only ${row}` : 'abc'[row % 3]!));
const doses = Array.from({ length: rowCount }, (_, row): Cell =>
  row < 3 ? 1e9 : 20 + Math.floor(70 * at(row, 0)),
);
const days = Array.from({ length: rowCount }, (_, row): Cell => 18_000 + Math.floor(700 * at(row, 1)));
const schema: { columns: ColumnSchema[] } = {
  columns: [
    { name: 'ward', type: 'category', missingMarkers: [] },
    { name: 'dose', type: 'integer', missingMarkers: [] },
    { name: 'seen', type: 'date', missingMarkers: [] },
  ],
};
const rows = sourceOf(
  { ward: columnOf(wards), dose: columnOf(doses), seen: columnOf(days, 'date') },
  rowCount,
);

function learn(more: Record<string, unknown>, bits = 'bought'): Promise<NetworkModel> {
  const parameters = { epsilon: 2, delta: 1e-6, rowsPerSubject: 1, ...more };
  return learnNetwork(
    privateMarginalsMethod,
    { schema, rows },
    { parameters, random, noise: exactNoise(replayedBits(bits)) },
  );
}

describe('domains that are bought', () => {
  it('hold what many have, and nothing of a few', async () => {
    const model = await learn({ domainShare: 0.3 });
    const domainOf = (name: string) => model.columns.find((column) => column.name === name)!.domain;
    expect(domainOf('ward')).toEqual({
      kind: 'categories',
      values: ['a', 'b', 'c', '(other)'],
      mayBeMissing: false,
    });
    const dose = domainOf('dose');
    const seen = domainOf('seen');
    if (dose.kind !== 'numbers' || seen.kind !== 'numbers') throw new Error('They are numbers.');
    // Powers of two around 20 to 89, and years around 2019-04-14 to 2021-03-13.
    expect([dose.first, dose.first + dose.points - 1]).toEqual([16, 128]);
    expect(seen.first).toBe(Math.round(49 * 365.25));
    expect(seen.first + seen.points - 1).toBe(Math.round(52 * 365.25));
    const made = await collectCells(sampleNetwork(model, { columns: model.names, rows: 5000, random }, 4096));
    const kept = made.get('dose')!.filter((cell) => Number(cell) >= 20 && Number(cell) < 90).length;
    expect(kept / 5000).toBeGreaterThan(0.9);
  });

  it('are booked with what they cost, within the budget', async () => {
    const { spent } = await learn({ domainShare: 0.3 });
    const all = spent.reduce((sum, { cost }) => sum + (cost.kind === 'zcdp' ? cost.rho : NaN), 0);
    const bought = spent.filter(({ purpose }) => /^(bounds|categories) of/.test(purpose));
    expect(bought.map(({ purpose }) => purpose)).toEqual([
      'categories of "ward"',
      'bounds of "dose"',
      'bounds of "seen"',
    ]);
    for (const { cost } of bought) expect(cost.kind === 'zcdp' && cost.rho / all).toBeCloseTo(0.1, 3);
    expect(bought.map(({ delta }) => delta)).toEqual([expect.closeTo(3e-7, 12), 0, 0]);
    const guarantee = composedGuarantee(spent, 1e-6);
    expect(guarantee.epsilon).toBeLessThanOrEqual(2);
    expect(guarantee.epsilon).toBeGreaterThan(1.96);
  });

  it('are refused where nothing is to be spent on them, or categories without a delta', async () => {
    await expect(learn({})).rejects.toThrow('Column "ward" has no public domain');
    await expect(learn({ domainShare: 0.3, delta: 0 })).rejects.toThrow(
      'without a delta its categories cannot be bought',
    );
    await expect(learn({ domainShare: 0.6 })).rejects.toThrow('domainShare');
  });

  it('can be bought for pure epsilon where they are bounds', async () => {
    const parameters = { epsilon: 2, delta: 0, rowsPerSubject: 1, domainShare: 0.3 };
    const numbers = { columns: schema.columns.slice(1) };
    const noise = exactNoise(replayedBits('pure'));
    const { spent } = await learnNetwork(
      privateMarginalsMethod,
      { schema: numbers, rows },
      { parameters, random, noise },
    );
    expect(composedGuarantee(spent, 0).epsilon).toBeLessThanOrEqual(2);
    expect(spent.map(({ mechanism }) => mechanism)).toEqual([
      'discrete-laplace',
      'discrete-laplace',
      'discrete-laplace',
    ]);
  });

  it('still come, and are paid for, where no range stands out', async () => {
    const empty = sourceOf({ ward: columnOf(['a']), dose: columnOf([5]), seen: columnOf([1], 'date') }, 1);
    const parameters = { epsilon: 1, delta: 1e-6, rowsPerSubject: 1, domainShare: 0.3 };
    const noise = exactNoise(replayedBits('empty'));
    const { spent, columns } = await learnNetwork(
      privateMarginalsMethod,
      { schema, rows: empty },
      { parameters, random, noise },
    );
    expect(columns).toHaveLength(3);
    expect(spent).toHaveLength(4);
  });
});

describe('the threshold of frequent values', () => {
  it('lets the values of one subject through no more often than delta says, and those of many nearly always', () => {
    const delta = 0.05;
    const account = new PrivacyAccount({
      kind: 'zcdp',
      budget: unitsRoundedDown(1e6),
      subjects: { neighbours: 'add-or-remove-a-subject', rowsPerSubject: 3, bound: 'enforced' },
      noise: exactNoise(replayedBits('threshold')),
    });
    const asked = { rho: unitsRoundedDown(0.5), delta };
    // One subject: three values of a row each, or one value of three rows.
    for (const alone of [[1, 1, 1], [3]]) {
      let told = 0;
      for (let turn = 0; turn < 4000; turn += 1)
        if (account.frequentValues('values', Int32Array.from(alone), asked).length > 0) told += 1;
      // Hoeffding for 4000 draws: 0.05 + 0.045 with 1e-7.
      expect(told / 4000).toBeLessThan(delta + 0.045);
    }
    let seen = 0;
    for (let turn = 0; turn < 200; turn += 1)
      seen += account
        .frequentValues('values', Int32Array.from([40, 0]), asked)
        .filter((place) => place === 0).length;
    expect(seen).toBeGreaterThan(195);
    expect(account.entries[0]).toMatchObject({ delta, sensitivity: 3, queries: 1 });
  });
});

describe('the public ranges', () => {
  it.each([
    { type: 'integer' as const },
    { type: 'number' as const, decimals: 3 },
    { type: 'number' as const },
    { type: 'date' as const },
    { type: 'datetime' as const },
  ])('of $type ascend without a gap', (facts) => {
    const ranges = publicRanges({ name: 'x', missingMarkers: [], ...facts });
    for (const [place, { low, high }] of ranges.entries()) {
      expect(high).toBeGreaterThanOrEqual(low);
      if (place > 0) expect(low).toBeGreaterThan(ranges[place - 1]!.low);
    }
  });
});
