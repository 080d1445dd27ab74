import { readFileSync } from 'node:fs';
import type { CategoricalProfile, ColumnProfile, Profile } from '../src/core/profile/profile.js';
import { Random } from '../src/core/random/random.js';
import type { ColumnSource } from '../src/core/table/column-source.js';
import type { Column } from '../src/core/table/table.js';
import type { Check, CheckThreshold } from '../src/evaluation/check.js';
import { evaluate } from '../src/evaluation/evaluate.js';
import type { PrivacyClaim } from '../src/evaluation/evaluation-context.js';
import { privacyMeasures } from '../src/evaluation/privacy/measures.js';
import { readMixedTables } from '../src/evaluation/privacy/compared/read-mixed-tables.js';
import { aComparison } from '../src/evaluation/testing/a-comparison.js';
import { aPopulation } from '../src/evaluation/testing/a-population.js';
import { bootstrapWithNoise, withRecords } from '../src/evaluation/testing/candidates.js';
import { categories, numbers, sourceOf } from '../src/evaluation/testing/columns.js';
import { unguardedCart } from '../src/evaluation/testing/unguarded-cart.js';
import { cellAt, rowsIn, unusualPeople } from './people.js';
import type { Columns } from './people.js';
import { independentMarginals } from '../src/generators/tabular/independent-marginals.js';

type Fitted = (rows: number, seed: string) => Columns | Promise<Columns>;

/** One kind of candidate and how its mechanism is fitted again. */
interface Scene {
  readonly name: string;
  /** `promise`: at epsilon 1 single people may be guessed by right; only the promise itself is held against it. */
  readonly kind: 'clean' | 'leak' | 'promise';
  readonly claim?: PrivacyClaim;
  /** The real tables of a seed. */
  readonly people: (seed: string, rows: number) => Columns;
  /** `chosenFrom`: the table whose 20 most unusual people a planted leak gives away. */
  readonly fit: (train: Columns, seed: string, chosenFrom: Columns) => Fitted | Promise<Fitted>;
}

const claim: PrivacyClaim = { epsilon: 1, delta: 0, neighbours: 'add-remove' };
const marginals: Scene['fit'] = (train, seed) => (rows, drawn) =>
  drawMarginals(profileOf(train), rows, `${seed} ${drawn}`);

export const scenes: readonly Scene[] = [
  {
    name: 'fresh people',
    kind: 'clean',
    people: aPopulation,
    fit: () => (rows, seed) => aPopulation(seed, rows),
  },
  { name: 'independent marginals', kind: 'clean', people: aPopulation, fit: marginals },
  {
    name: 'DP histogram',
    kind: 'promise',
    claim,
    people: coarsePopulation,
    fit: (train, seed) => noisyHistogram(train, seed, 1),
  },
  {
    name: 'bootstrap + 0.15 sd',
    kind: 'leak',
    people: aPopulation,
    fit: (train) => (_, seed) => bootstrapWithNoise(train, seed, 0.15),
  },
  { name: 'CART leaf 5, unguarded', kind: 'leak', people: aPopulation, fit: cart },
  {
    name: '1 % copied outliers',
    kind: 'leak',
    people: aPopulation,
    fit: (train) => (rows, seed) =>
      withRecords(aPopulation(seed, rows), train, unusualPeople(train, Math.ceil(rows / 100))),
  },
  { name: 'reveals 20 people', kind: 'leak', people: aPopulation, fit: revealing },
  {
    name: 'DP histogram, half the noise',
    kind: 'leak',
    claim,
    people: coarsePopulation,
    fit: (train, seed) => noisyHistogram(train, seed, 0.5),
  },
];

/** Every privacy check of the HIGH policy on one candidate of the scene. */
export async function checkScene(scene: Scene, seed: string, rows: number): Promise<Check[]> {
  const [train, holdout] = [scene.people(`train ${seed}`, rows), scene.people(`holdout ${seed}`, rows)];
  const candidate = await (await scene.fit(train, seed, train))(rows, `candidate ${seed}`);
  const context = aComparison(
    { train, holdout, candidate },
    {
      seed,
      privacyClaim: scene.claim ?? null,
      refit: async (source, fitSeed) => {
        const fitted = await scene.fit(await columnsOf(source), `${seed} ${fitSeed}`, train);
        return async (count, drawn) => sourceOf(await fitted(count, `${seed} ${fitSeed} ${drawn}`));
      },
    },
  );
  const policy = JSON.parse(readFileSync('policies/thresholds/high.json', 'utf8')) as {
    checks: Record<string, CheckThreshold>;
  };
  return evaluate(context, thresholdsOf(policy.checks), privacyMeasures);
}

function thresholdsOf(checks: Record<string, CheckThreshold>): Record<string, CheckThreshold> {
  const names = new Set(privacyMeasures.map(({ name }) => name));
  return Object.fromEntries(Object.entries(checks).filter(([name]) => names.has(name)));
}

async function columnsOf(source: ColumnSource): Promise<Columns> {
  const columns: Record<string, Column> = {};
  for (const name of source.columnNames) columns[name] = await source.column(name);
  return columns;
}

/** Fresh people, but each of 20 chosen ones who was learned from lends four of the values to five rows. */
function revealing(train: Columns, _: string, chosenFrom: Columns): Fitted {
  const keyOf = (columns: Columns, row: number): string =>
    Object.values(columns)
      .map((column) => cellAt(column, row))
      .join('|');
  const known = new Map(Array.from({ length: rowsIn(train) }, (__, row) => [keyOf(train, row), row]));
  const chosen = unusualPeople(chosenFrom, 20).flatMap((row) => known.get(keyOf(chosenFrom, row)) ?? []);
  const lent = chosen.flatMap((row) => Array<number>(5).fill(row));
  return (rows, seed) => {
    const fresh = aPopulation(seed, rows);
    const partly = withRecords(fresh, train, lent);
    const names = ['age', 'pressure', 'bmi', 'creatinine'];
    return Object.fromEntries(
      Object.entries(fresh).map(([name, column]) => [
        name,
        names.includes(name) ? (partly[name] ?? column) : column,
      ]),
    );
  };
}

async function cart(train: Columns, seed: string): Promise<Fitted> {
  const names = Object.keys(train);
  const { tables } = await readMixedTables([sourceOf(train)], names);
  const fitted = unguardedCart(tables[0] ?? { rowCount: 0, cells: [] }, seed);
  return (rows, drawn) => {
    const made = fitted(rows, drawn);
    return Object.fromEntries(
      names.map((name, at) => [
        name,
        columnLike(train[name] ?? numbers([]), made.cells[at] ?? new Float64Array()),
      ]),
    );
  };
}

/** Codes were given in the order of the dictionary. */
function columnLike(original: Column, cells: Float64Array): Column {
  const present = Array.from(cells, (cell) => (Number.isNaN(cell) ? null : cell));
  if (original.kind !== 'category') return numbers(present);
  return categories(present.map((code) => (code === null ? null : (original.dictionary[code] ?? null))));
}

const control = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 20, categoriesMax: 50 };

/** Histograms on a public grid without the outermost ten people, and categories of ten people or more. */
function profileOf(columns: Columns): Profile {
  const rows = rowsIn(columns);
  const described = Object.entries(columns).map(([name, column]): ColumnProfile => {
    const cells = Array.from({ length: rows }, (_, row) => cellAt(column, row)).filter(
      (cell) => cell !== null,
    );
    const shared = { name, missingCount: rows - cells.length, count: cells.length };
    if (column.kind === 'category') return { ...shared, ...categoriesOf(cells.map(String)) };
    const sorted = cells.map(Number).sort((a, b) => a - b);
    const edges = publicEdges(sorted);
    const counts = Array<number>(edges.length - 1).fill(0);
    for (const value of sorted) {
      const bin = Math.floor((value - (edges[0] ?? 0)) / ((edges[1] ?? 1) - (edges[0] ?? 0)));
      const at = Math.min(counts.length - 1, Math.max(0, bin));
      counts[at] = (counts[at] ?? 0) + 1;
    }
    return { ...shared, kind: 'numeric', type: 'number', decimals: 2, edges, counts };
  });
  return { version: 1, sourceHash: '0'.repeat(64), disclosureControl: control, rows, columns: described };
}

/** Multiples of a power of ten, with at least ten people beyond each end. */
function publicEdges(sorted: readonly number[]): number[] {
  const low = sorted[control.cellCountMin] ?? 0;
  const high = sorted.at(-1 - control.cellCountMin) ?? 1;
  const step = 10 ** Math.round(Math.log10((high - low) / control.binsMax));
  const first = Math.floor(low / step);
  const bins = Math.max(1, Math.ceil(high / step) - first);
  return Array.from({ length: bins + 1 }, (_, at) => (first + at) * step);
}

function categoriesOf(
  cells: readonly string[],
): Pick<CategoricalProfile, 'kind' | 'type' | 'categories' | 'pooledCount'> {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= control.cellCountMin);
  const pooledCount = cells.length - kept.reduce((sum, [, count]) => sum + count, 0);
  const ordered = kept.sort(([, a], [, b]) => b - a).map(([value, count]) => ({ value, count }));
  return { kind: 'categorical', type: 'category', categories: ordered, pooledCount };
}

async function drawMarginals(profile: Profile, rows: number, seed: string): Promise<Columns> {
  const columns = profile.columns.map(({ name }) => name);
  const cells = new Map<string, (string | number | null)[]>(columns.map((name) => [name, []]));
  for await (const block of independentMarginals.sample(profile, {
    columns,
    rows,
    random: Random.fromSeed(seed),
  }))
    for (const [name, column] of block.columns)
      for (let row = 0; row < block.rowCount; row++) cells.get(name)?.push(cellAt(column, row));
  return Object.fromEntries(
    profile.columns.map(({ name, kind }) => {
      const made = cells.get(name) ?? [];
      return [
        name,
        kind === 'numeric'
          ? numbers(made.map((cell) => (cell === null ? null : Number(cell))))
          : categories(made.map((cell) => (cell === null ? null : String(cell)))),
      ];
    }),
  );
}

/** Three categories, small enough a domain for a histogram of all combinations. */
function coarsePopulation(seed: string, rows: number): Columns {
  const { age, stay, ward = categories([]) } = aPopulation(seed, rows);
  const band = (column: Column | undefined, width: number): Column =>
    categories(
      Array.from({ length: rows }, (_, row) => {
        const cell = column === undefined ? null : cellAt(column, row);
        return cell === null ? null : `${width * Math.min(5, Math.floor(Number(cell) / width))}`;
      }),
    );
  return { age: band(age, 20), stay: band(stay, 4), ward };
}

const domain = {
  age: ['0', '20', '40', '60', '80', '100'],
  stay: ['0', '4', '8', '12', '16', '20'],
  ward: ['geriatrics', 'medicine', 'surgery', 'maternity', 'oncology', null],
};

/** Counts of all combinations with Laplace noise of `scale`: epsilon 1 needs 1. Floating point will do for a test. */
function noisyHistogram(train: Columns, seed: string, scale: number): Fitted {
  const random = Random.fromSeed(seed).fork('noise');
  const cells = domain.age.flatMap((age) =>
    domain.stay.flatMap((stay) => domain.ward.map((ward) => ({ age, stay, ward }))),
  );
  const keyOf = (...parts: readonly (string | number | null | undefined)[]): string => parts.join('|');
  const counts = new Map<string, number>();
  const { age = numbers([]), stay = age, ward = age } = train;
  for (let row = 0; row < rowsIn(train); row++) {
    const key = keyOf(cellAt(age, row), cellAt(stay, row), cellAt(ward, row));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let total = 0;
  const cumulated = cells.map((cell, at) => {
    const centred = random.uniformAt(at) - 0.5;
    const noise = -scale * Math.sign(centred) * Math.log(1 - 2 * Math.abs(centred));
    total += Math.max(0, (counts.get(keyOf(cell.age, cell.stay, cell.ward)) ?? 0) + noise);
    return total;
  });
  return (rows, drawn) => {
    const stream = Random.fromSeed(drawn);
    const made = Array.from({ length: rows }, (_, row) => {
      const at = stream.uniformAt(row) * total;
      return cells[cumulated.findIndex((sum) => sum > at)];
    });
    return {
      age: categories(made.map((cell) => cell?.age ?? null)),
      stay: categories(made.map((cell) => cell?.stay ?? null)),
      ward: categories(made.map((cell) => cell?.ward ?? null)),
    };
  };
}
