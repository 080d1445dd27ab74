import { readFileSync } from 'node:fs';
import { attackRate, attackRisk } from '../../src/evaluation/privacy/anonymeter/attack-risk.js';
import { addGower, gowerNearest, gowerSpace } from '../../src/evaluation/privacy/anonymeter/gower.js';
import { inferredSecrets, isRight } from '../../src/evaluation/privacy/anonymeter/inference-attack.js';
import { linkedPeople } from '../../src/evaluation/privacy/anonymeter/linkability-attack.js';
import {
  multivariateQueries,
  univariateQueries,
} from '../../src/evaluation/privacy/anonymeter/make-queries.js';
import { countMatches } from '../../src/evaluation/privacy/anonymeter/query.js';
import type { Predicate, Query } from '../../src/evaluation/privacy/anonymeter/query.js';
import { distinctRows } from '../../src/evaluation/privacy/compared/distinct-rows.js';
import { pickRows } from '../../src/evaluation/privacy/compared/mixed-table.js';
import type { MixedTable } from '../../src/evaluation/privacy/compared/mixed-table.js';
import { singlingOutChance } from '../../src/evaluation/privacy/anonymeter/singling-out-chance.js';
import { normalBeyond } from '../../src/evaluation/privacy/statistics/normal.js';
import { Random } from '../../src/core/random/random.js';
import { readMetricTables } from '../support/metric-tables.js';
import { describeWithShared } from '../support/shared-data.js';

type Cell = number | string | null;

interface Vectors {
  readonly confidence: readonly Record<'nTotal' | 'nSuccess' | 'level' | 'rate' | 'error', number>[];
  readonly evaluation: readonly {
    readonly nAttacks: number;
    readonly nSuccess: number;
    readonly nBaseline: number;
    readonly nControl: number | null;
    readonly risk: number;
    readonly ci: readonly [number, number];
    readonly baselineRisk: number;
    readonly baselineCi: readonly [number, number];
  }[];
  readonly singlingOutProbabilityIntegral: readonly Record<'n' | 'wMin' | 'wMax' | 'value', number>[];
  readonly inferenceGuesses: readonly {
    readonly guesses: readonly Cell[];
    readonly secrets: readonly Cell[];
    readonly regression: boolean;
    readonly success: readonly boolean[];
  }[];
  readonly gowerNeighbours: readonly {
    readonly dataset: string;
    readonly columns: readonly string[];
    readonly k: number;
    readonly distances: readonly (readonly number[])[];
    readonly indexes: readonly (readonly number[])[];
  }[];
  readonly linkability: readonly {
    readonly dataset: string;
    readonly auxCols: readonly [readonly string[], readonly string[]];
    readonly nNeighbors: number;
    readonly nAttacks: number;
    readonly nSuccess: number;
    readonly nControl: number;
    readonly attackRate: number;
    readonly attackError: number;
    readonly controlRate: number;
    readonly risk: number;
    readonly ci: readonly [number, number];
    readonly tiedRows: number;
  }[];
  readonly inference: readonly {
    readonly dataset: string;
    readonly auxCols: readonly string[];
    readonly secret: string;
    readonly nAttacks: number;
    readonly nSuccess: number;
    readonly nControl: number;
    readonly risk: number;
    readonly ci: readonly [number, number];
  }[];
  readonly singlingOut: readonly {
    readonly dataset: string;
    readonly mode: 'univariate' | 'multivariate';
    readonly columns: readonly string[];
    readonly nCols: number;
    readonly queries: readonly string[];
    readonly countInReal: readonly number[];
    readonly countInHoldout: readonly number[];
    readonly nSuccessReal: number;
    readonly nSuccessHoldout: number;
  }[];
}

const inOrder = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);
const width95 = normalBeyond(0.025);

describeWithShared('the vectors of Anonymeter', 'metric-vectors', (folder) => {
  const vectors = JSON.parse(readFileSync(`${folder}/anonymeter-expected.json`, 'utf8')) as Vectors;
  let reproduced = 0;
  const agrees = (found: number | undefined, expected: number | undefined): void => {
    expect(Math.abs(found! - expected!)).toBeLessThanOrEqual(1e-6);
    reproduced++;
  };
  const same = (found: unknown, expected: unknown): void => {
    expect(found).toEqual(expected);
    reproduced++;
  };
  afterAll(() => {
    process.stdout.write(`Anonymeter: ${reproduced} values reproduced to 1e-6.\n`);
  });

  it('rates and risks', () => {
    for (const { nTotal, nSuccess, level, rate, error } of vectors.confidence) {
      const found = attackRate({ successes: nSuccess, attacks: nTotal }, normalBeyond((1 - level) / 2));
      agrees(found.rate, rate);
      agrees(found.error, error);
    }
    for (const one of vectors.evaluation) {
      const rateOf = (successes: number): ReturnType<typeof attackRate> =>
        attackRate({ successes, attacks: one.nAttacks }, width95);
      const nobody = { rate: 0, error: 0 };
      const { risk, low, high } = attackRisk(
        rateOf(one.nSuccess),
        one.nControl === null ? nobody : rateOf(one.nControl),
      );
      const guessing = attackRisk(rateOf(one.nBaseline), nobody);
      agrees(risk, one.risk);
      agrees(low, one.ci[0]);
      agrees(high, one.ci[1]);
      agrees(guessing.risk, one.baselineRisk);
      agrees(guessing.low, one.baselineCi[0]);
      agrees(guessing.high, one.baselineCi[1]);
    }
    for (const { n, wMin, wMax, value } of vectors.singlingOutProbabilityIntegral)
      agrees(singlingOutChance(n, wMin, wMax), value);
  });

  it('guesses, but for negative ones, which upstream always counts as right', () => {
    let differing = 0;
    for (const { guesses, secrets, regression, success } of vectors.inferenceGuesses) {
      guesses.forEach((guess, at) => {
        const number = (cell: Cell | undefined): number =>
          cell === null || cell === undefined ? NaN : typeof cell === 'number' ? cell : cell.charCodeAt(0);
        const found = isRight(regression ? 'number' : 'category', number(guess), number(secrets[at]), 0);
        if (typeof guess === 'number' && guess < 0) {
          differing++;
          expect(found).toBe(false);
        } else same(found, success[at]);
      });
    }
    expect(differing).toBe(2);
  });

  it('neighbours', async () => {
    for (const { dataset, columns: names, k, distances, indexes } of vectors.gowerNeighbours) {
      const { columns, real, synthetic } = await readMetricTables(`${folder}/${dataset}`, names);
      const space = gowerSpace(columns, pickRows(real, inOrder(25)), synthetic);
      distances.forEach((expected, query) => {
        const found = gowerNearest(space, query, [...names.keys()], k, inOrder(synthetic.rowCount));
        const sums = new Float64Array(synthetic.rowCount);
        for (const at of names.keys()) addGower(space, at, query, sums, 1);
        expected.forEach((distance, rank) => {
          agrees(sums[found[rank]!], distance);
          // Where two rows are equally far, upstream's sort decides which is named.
          if (found[rank] !== indexes[query]![rank]) agrees(sums[indexes[query]![rank]!], distance);
          else reproduced++;
        });
      });
    }
  });

  it('linkability; where neighbours tie, the counts depend on upstream and only the arithmetic is compared', async () => {
    for (const one of vectors.linkability) {
      const names = one.auxCols.flat();
      const { columns, real, holdout, synthetic } = await readMetricTables(`${folder}/${one.dataset}`, names);
      const order = inOrder(synthetic.rowCount);
      const attack = (people: MixedTable): number =>
        linkedPeople({
          space: gowerSpace(columns, people, synthetic),
          known: [
            one.auxCols[0].map((name) => names.indexOf(name)),
            one.auxCols[1].map((name) => names.indexOf(name)),
          ],
          neighbours: one.nNeighbors,
          orders: [order, order],
          attacks: one.nAttacks,
        });
      if (one.tiedRows === 0) {
        same(attack(pickRows(real, inOrder(one.nAttacks))), one.nSuccess);
        same(attack(pickRows(holdout, inOrder(one.nAttacks))), one.nControl);
      }
      const rate = attackRate({ successes: one.nSuccess, attacks: one.nAttacks }, width95);
      const control = attackRate({ successes: one.nControl, attacks: one.nAttacks }, width95);
      const { risk, low, high } = attackRisk(rate, control);
      const pairs = [
        [rate.rate, one.attackRate],
        [rate.error, one.attackError],
        [control.rate, one.controlRate],
        [risk, one.risk],
        [low, one.ci[0]],
        [high, one.ci[1]],
      ];
      for (const [found, expected] of pairs) agrees(found, expected);
    }
  });

  it('inference', async () => {
    for (const one of vectors.inference) {
      const names = [...one.auxCols.filter((name) => name !== one.secret), one.secret];
      const { columns, real, holdout, synthetic } = await readMetricTables(`${folder}/${one.dataset}`, names);
      const attack = (people: MixedTable): number =>
        inferredSecrets({
          space: gowerSpace(columns, people, synthetic),
          chosen: [...names.keys()],
          secrets: [names.length - 1],
          order: inOrder(synthetic.rowCount),
          attacks: one.nAttacks,
          dateTolerances: new Float64Array(names.length),
        })[0]!;
      same(attack(pickRows(real, inOrder(one.nAttacks))), one.nSuccess);
      same(attack(pickRows(holdout, inOrder(one.nAttacks))), one.nControl);
      const rateOf = (successes: number): ReturnType<typeof attackRate> =>
        attackRate({ successes, attacks: one.nAttacks }, width95);
      const { risk, low, high } = attackRisk(rateOf(one.nSuccess), rateOf(one.nControl));
      agrees(risk, one.risk);
      agrees(low, one.ci[0]);
      agrees(high, one.ci[1]);
    }
  });

  it('singling out', async () => {
    for (const one of vectors.singlingOut) {
      const tables = await readMetricTables(`${folder}/${one.dataset}`, one.columns);
      const [real, holdout, synthetic] = [tables.real, tables.holdout, tables.synthetic].map(distinctRows);
      const queries = one.queries.map((text) => parseQuery(text, one.columns, tables));
      queries.forEach((query, at) => {
        same(countMatches(real!, query, Infinity), one.countInReal[at]);
        same(countMatches(holdout!, query, Infinity), one.countInHoldout[at]);
        same(countMatches(synthetic!, query, Infinity), 1);
      });
      if (one.mode === 'univariate') {
        const own = univariateQueries(tables.columns, synthetic!).map((query) => JSON.stringify(query));
        same([...own].sort(), queries.map((query) => JSON.stringify(query)).sort());
      } else {
        const wanted = { queries: 150, columnsPerQuery: one.nCols, attemptsMax: 20_000 };
        const own = multivariateQueries(tables.columns, synthetic!, wanted, Random.fromSeed('queries'));
        expect(own).toHaveLength(150);
        for (const query of own) expect(countMatches(synthetic!, query, 9)).toBe(1);
      }
    }
  });
});

function parseQuery(
  text: string,
  columns: readonly string[],
  tables: Awaited<ReturnType<typeof readMetricTables>>,
): Query {
  return text.split('&').map((part): Predicate => {
    const missing = /^\s*(\w+)\.isna\(\)\s*$/.exec(part);
    if (missing) return { column: columns.indexOf(missing[1]!), is: 'missing', value: NaN };
    const [, name = '', operator = '', value = ''] = /^\s*(\w+)\s*(<=|>=|==)\s*(.+?)\s*$/.exec(part) ?? [];
    const is = operator === '<=' ? 'at-most' : operator === '>=' ? 'at-least' : 'equal';
    const bare = value.replace(/^'(.*)'$/, '$1');
    const isCode = value.startsWith("'") || value === 'True' || value === 'False';
    return { column: columns.indexOf(name), is, value: isCode ? tables.codeOf(name, bare) : Number(bare) };
  });
}
