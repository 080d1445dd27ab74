import { composedGuarantee } from '../core/privacy/ledger-entry.js';
import type { LedgerEntry } from '../core/privacy/ledger-entry.js';
import { PrivacyAccount } from '../core/privacy/privacy-account.js';
import type { NoisyTables } from '../core/privacy/privacy-account.js';
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
import { aBoundedSchema, aSource, sourceOf } from './testing/a-source.js';
import { lawfulModel, lawfulOptions, methodOf } from './testing/lawful.js';

const givesPrivacy = (generator: Generator): generator is RowsGenerator =>
  generator.sees === 'rows' && generator.privacy !== undefined;

const emptySource = sourceOf(
  Object.fromEntries(aBoundedSchema.columns.map(({ name, type }) => [name, emptyColumn(type)])),
  0,
);

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
    const method = methodOf(generator);
    const parse = (): Parameters<typeof method.learn>[1] => method.parse({ ...options.parameters, delta });
    if (delta === 0 && !allowsNoDelta(generator)) {
      expect(parse).toThrow('delta');
      return;
    }
    const learned = async (rows: ColumnSource): Promise<Uint8Array> => {
      const noise = exactNoise(systemBits());
      const read = { ...options, noise, shareOfWork: 1 };
      const table = await readPrivateTable({ schema: aBoundedSchema, rows }, read, parse());
      const account = new DeafAccount({
        kind: delta === 0 ? 'pure' : 'zcdp',
        budget: unitsPerOne,
        subjects: { neighbours: 'add-or-remove-a-subject', rowsPerSubject: 1, bound: 'declared' },
        noise,
      });
      return packModel({ columns: await method.learn({ ...table, account }, parse(), options) });
    };
    expect(Buffer.compare(await learned(aSource), await learned(emptySource))).toBe(0);
  });

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
