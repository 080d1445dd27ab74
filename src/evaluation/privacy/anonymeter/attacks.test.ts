import fc from 'fast-check';
import type { Column } from '../../../core/table/table.js';
import type { EvaluationContext } from '../../evaluation-context.js';
import { aComparison } from '../../testing/a-comparison.js';
import { aPopulation } from '../../testing/a-population.js';
import { bootstrapWithNoise, withRecords } from '../../testing/candidates.js';
import { categories, dates, numbers } from '../../testing/columns.js';
import { attackRate, attackRisk } from './attack-risk.js';
import { inference } from './inference.js';
import { isRight } from './inference-attack.js';
import { linkability } from './linkability.js';
import { univariateQueries } from './make-queries.js';
import { singlingOutMultivariate, singlingOutUnivariate } from './singling-out.js';

const [train, holdout, fresh] = ['train', 'holdout', 'fresh'].map((seed) => aPopulation(seed, 400));
const against = (candidate: Record<string, Column>): EvaluationContext =>
  aComparison({ train: train!, holdout: holdout!, candidate });
const clean = against(fresh!);
const attacks = [singlingOutUnivariate, singlingOutMultivariate, linkability, inference] as const;

describe('the attacks of Anonymeter', () => {
  it.each(attacks.map((one) => [one.name, one] as const))(
    '%s finds nothing in fresh people',
    async (_, attack) => {
      const { value, interval } = await attack.run(clean);
      expect(value).toBe(0);
      expect(interval!.high).toBeGreaterThan(0);
    },
  );

  it.each(attacks.map((one) => [one.name, one] as const))(
    '%s succeeds on a copy of the records',
    async (_, attack) => {
      const copy = against(
        withRecords(
          fresh!,
          train!,
          Array.from({ length: 400 }, (__, row) => row),
        ),
      );
      expect((await attack.run(copy)).value).toBeGreaterThan(attack === singlingOutUnivariate ? 0.05 : 0.2);
    },
  );

  it('linkability succeeds on records that were moved a little', async () => {
    expect((await linkability.run(against(bootstrapWithNoise(train!, 'b', 0.05)))).value).toBeGreaterThan(
      0.03,
    );
  });

  it('say so when there is nothing to attack', async () => {
    const same = (rows: number): Record<string, Column> => ({
      ward: categories(Array<string>(rows).fill('A')),
    });
    const one = aComparison({ train: same(60), holdout: same(60), candidate: same(60) });
    for (const attack of [singlingOutMultivariate, linkability, inference]) {
      const { value, explanation } = await attack.run(one);
      expect([value, explanation.length > 20]).toEqual([0, true]);
    }
  });

  it('guess a negative number no better than a positive one', () => {
    expect(isRight('number', -100, -300, 0)).toBe(false);
    expect(isRight('number', -100, -104, 0)).toBe(true);
    expect(isRight('number', 100, 106, 0)).toBe(false);
  });

  it('single people out by dates and by gaps', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => row);
    const columns = {
      born: dates(rows.map((row) => 1000 + 7 * row)),
      lab: numbers(rows.map((row) => (row === 3 ? null : row % 5))),
    };
    const { value } = await singlingOutUnivariate.run(
      aComparison({
        train: columns,
        holdout: { ...columns, born: dates(rows.map((row) => 7 * row)) },
        candidate: columns,
      }),
    );
    expect(value).toBeGreaterThan(0.5);
    const table = { rowCount: 60, cells: [Float64Array.from(rows, (row) => (row === 3 ? NaN : row % 5))] };
    const kinds = [{ name: 'lab', kind: 'number', levels: 0, hasGaps: true }] as const;
    expect(univariateQueries(kinds, table)).toEqual([[{ column: 0, is: 'missing', value: NaN }]]);
  });

  it('have risks within 0 and 1, whatever the counts', () => {
    const counts = fc.integer({ min: 1, max: 3000 }).chain((attacks_) =>
      fc.record({
        attacks: fc.constant(attacks_),
        a: fc.integer({ min: 0, max: attacks_ }),
        k: fc.integer({ min: 0, max: attacks_ }),
      }),
    );
    fc.assert(
      fc.property(counts, ({ attacks: made, a, k }) => {
        const rate = (successes: number): ReturnType<typeof attackRate> =>
          attackRate({ successes, attacks: made }, 3.29);
        const { risk, low, high } = attackRisk(rate(a), rate(k));
        expect(0 <= low && low <= risk && risk <= high && high <= 1).toBe(true);
      }),
    );
    expect(() => attackRate({ successes: 3, attacks: 2 }, 2)).toThrow('3 of 2 attacks');
  });
});
