import { composedGuarantee } from '../core/privacy/ledger-entry.js';
import type { LedgerEntry } from '../core/privacy/ledger-entry.js';
import { PrivacyAccount } from '../core/privacy/privacy-account.js';
import type { NoisyTables } from '../core/privacy/privacy-account.js';
import { SampledSums } from '../core/privacy/sampled-sums.js';
import { replayedBits } from '../core/privacy/testing/replayed-bits.js';
import { exactNoise } from '../core/privacy/noise.js';
import { systemBits } from '../core/privacy/random-bits.js';
import { unitsPerOne } from '../core/privacy/privacy-units.js';
import { Random } from '../core/random/random.js';
import type { SemanticType } from '../core/schema/schema.js';
import type { ColumnSource } from '../core/table/column-source.js';
import type { Column } from '../core/table/table.js';
import type { FitInput, Generator, RowsGenerator } from './generator.js';
import { generators } from './generators.js';
import { packModel } from './model-file/model-bytes.js';
import { readPrivateTable } from './tabular/differentially-private/private-table.js';
import { aBoundedSchema, aSource, columnOf, sourceOf } from './testing/a-source.js';
import { collectCells } from './testing/cells.js';
import type { Cell } from './testing/cells.js';
import { lawfulModel, lawfulOptions, tableLearnerOf } from './testing/lawful.js';

const givesPrivacy = (generator: Generator): generator is RowsGenerator =>
  generator.sees === 'rows' && generator.privacy !== undefined;

const emptySource = sourceOf(
  Object.fromEntries(aBoundedSchema.columns.map(({ name, type }) => [name, emptyColumn(type)])),
  0,
);

const texts = (count: number): Cell[] => Array.from({ length: count }, (_, place) => `text ${place}`);

interface OddSource {
  readonly title: string;
  readonly cells: readonly Cell[];
  readonly categories: readonly string[];
  readonly columns?: number;
}

const oddSources: readonly OddSource[] = [
  { title: 'no column', cells: ['a', 'b'], categories: ['a', 'b'], columns: 0 },
  { title: 'no row', cells: [], categories: ['a', 'b'], columns: 3 },
  { title: 'one row', cells: ['a'], categories: ['a', 'b'], columns: 3 },
  { title: 'two rows', cells: ['a', 'b'], categories: ['a', 'b'], columns: 3 },
  { title: 'one category in all rows', cells: new Array<Cell>(300).fill('a'), categories: ['a'], columns: 3 },
  {
    title: 'cells that are all missing',
    cells: new Array<Cell>(300).fill(null),
    categories: ['a', 'b'],
    columns: 3,
  },
  { title: '10,000 categories', cells: texts(3000), categories: texts(10_000).map(String), columns: 2 },
  { title: '1,000 columns', cells: ['a', 'b', 'a'], categories: ['a', 'b'], columns: 1000 },
];

/** Nobody is in a sample. */
class DeafSums extends SampledSums {
  override draw(): Int32Array {
    return new Int32Array();
  }
}

/** Answers that have nothing to do with what was asked about. */
class DeafAccount extends PrivacyAccount {
  readonly #random = Random.fromSeed('deaf');

  override gaussianTables(...[, tables, cost]: Parameters<PrivacyAccount['gaussianTables']>): NoisyTables {
    super.gaussianTables('', tables, cost);
    return this.#tables(tables);
  }

  override laplaceTables(...[, tables, cost]: Parameters<PrivacyAccount['laplaceTables']>): NoisyTables {
    super.laplaceTables('', tables, cost);
    return this.#tables(tables);
  }

  override choose(...[purpose, scores, cost]: Parameters<PrivacyAccount['choose']>): number {
    super.choose(purpose, scores, cost);
    return this.#random.integerBelow(scores.length);
  }

  override sampledSums(...asked: Parameters<PrivacyAccount['sampledSums']>): SampledSums {
    const { multiplier } = super.sampledSums(...asked);
    return new DeafSums(exactNoise(replayedBits('deaf')), { oneOf: 1, multiplier });
  }

  #tables(asked: readonly Int32Array[]): NoisyTables {
    const tables = asked.map((table) => Float64Array.from(table, () => 300 * this.#random.uniform()));
    return { tables, sigma: 5 };
  }
}

/** What every generator that gives differential privacy keeps. */
describe.each(generators.filter(givesPrivacy))('the laws of privacy of $name', (generator) => {
  const options = lawfulOptions(generator);
  const input = { schema: aBoundedSchema, rows: aSource };
  const spentBy = async (
    given: FitInput,
    more: Record<string, unknown> = {},
  ): Promise<readonly LedgerEntry[]> => {
    const parameters = { ...options.parameters, ...more };
    return generator.privacy?.spent(await generator.fit(given, { ...options, parameters })) ?? [];
  };

  it('spends what it was given and no more, and books all of it', async () => {
    for (const epsilon of [0.1, 1, 5]) {
      const entries = await spentBy(input, { epsilon, delta: 1e-6 });
      const guarantee = composedGuarantee(entries, 1e-6);
      expect(guarantee.epsilon).toBeLessThanOrEqual(epsilon);
      expect(guarantee.epsilon).toBeGreaterThan(0.98 * epsilon);
      expect(entries.every(({ rowsPerSubject, bound }) => rowsPerSubject === 1 && bound === 'declared')).toBe(
        true,
      );
    }
  });

  it('keeps its entries when it is saved and loaded', async () => {
    const model = await lawfulModel(generator);
    expect(generator.privacy?.spent(generator.load(generator.save(model)))).toEqual(
      generator.privacy?.spent(model),
    );
  });

  it('spends the same whatever the rows are', async () => {
    const costs = (entries: readonly LedgerEntry[]): number => composedGuarantee(entries, 1e-6).epsilon;
    expect(costs(await spentBy({ schema: aBoundedSchema, rows: emptySource }))).toBeCloseTo(
      costs(await spentBy(input)),
      1,
    );
  });

  it.each([
    ['no epsilon', { epsilon: undefined }],
    ['an epsilon of nothing', { epsilon: 0 }],
    ['no bound on the rows of a subject', { rowsPerSubject: undefined }],
    ['rows in part', { rowsPerSubject: 1.5 }],
    ['a large delta', { delta: 0.01 }],
    ['a subject that is no name', { subject: 7 }],
    ['a seed for the noise', { seed: 42 }],
  ])('takes %s for no parameter', async (_, wrong) => {
    const parameters = { ...options.parameters, ...wrong };
    await expect(generator.fit(input, { ...options, parameters })).rejects.toThrow(
      expect.objectContaining({ name: 'ParameterError', parameter: Object.keys(wrong)[0] }) as Error,
    );
  });

  it.each([0, 1e-6])('learns nothing but what its account answers, with a delta of %d', async (delta) => {
    const learner = tableLearnerOf(generator);
    const given = { ...options.parameters, delta };
    const parse = (): object => learner.parse(given);
    if (delta === 0 && !allowsNoDelta(generator)) {
      expect(parse).toThrow('delta');
      return;
    }
    const learned = async (rows: ColumnSource): Promise<Uint8Array> => {
      const noise = exactNoise(systemBits());
      const read = { ...options, noise, shareOfWork: 1 };
      const table = await readPrivateTable({ schema: aBoundedSchema, rows }, read, learner.parse(given));
      const account = new DeafAccount({
        kind: delta === 0 ? 'pure' : 'zcdp',
        budget: unitsPerOne,
        subjects: { neighbours: 'add-or-remove-a-subject', rowsPerSubject: 1, bound: 'declared' },
        noise,
      });
      return packModel(await learner.learn({ ...table, account }, given, options));
    };
    expect(Buffer.compare(await learned(aSource), await learned(emptySource))).toBe(0);
  });

  it.each(oddSources)(
    'gives a result within the domain for $title',
    async ({ cells, categories, columns = 1 }) => {
      const names = Array.from({ length: columns }, (_, place) => `column ${place}`);
      const facts = {
        type: 'category',
        missingMarkers: [''],
        categories: { values: categories, provenance: 'declared' },
      } as const;
      const schema = { columns: names.map((name) => ({ name, ...facts })) };
      const rows = sourceOf(
        Object.fromEntries(names.map((name) => [name, columnOf([...cells, 'a'])])),
        cells.length,
      );
      const learned = generator.fit({ schema, rows }, options);
      if (columns > 256 && generator.name !== 'dp-independent-marginals') {
        await expect(learned).rejects.toThrow(
          expect.objectContaining({ name: 'TooManyColumnsError' }) as Error,
        );
        return;
      }
      const made = await collectCells(
        generator.sample(await learned, { columns: names, rows: 200, random: options.random }),
      );
      const allowed = new Set<Cell>([...categories, null]);
      for (const name of names) expect(made.get(name)?.filter((cell) => allowed.has(cell))).toHaveLength(200);
    },
  );

  it('looks up no domain in the rows', async () => {
    const columns = aBoundedSchema.columns.map(({ name, type, missingMarkers }) => ({
      name,
      type,
      missingMarkers,
    }));
    for (const column of columns.filter(({ type }) => type !== 'boolean')) {
      const looked = generator.fit({ schema: { columns: [column] }, rows: aSource }, options);
      await expect(looked).rejects.toThrow(
        expect.objectContaining({ name: 'UnknownDomainError', column: column.name }) as Error,
      );
    }
  });
});

function emptyColumn(type: SemanticType): Column {
  const missing = new Uint8Array();
  if (type === 'category' || type === 'boolean')
    return { kind: 'category', codes: new Int32Array(), dictionary: [], missing };
  return { kind: 'number', values: new Float64Array(), missing };
}

function allowsNoDelta({ parameters }: RowsGenerator): boolean {
  const properties = parameters['properties'] as Readonly<Record<string, { minimum?: number }>>;
  return properties['delta']?.minimum === 0;
}
