import fc from 'fast-check';
import type { NumericProfile } from '../core/profile/profile.js';
import { Random } from '../core/random/random.js';
import { UnknownColumnError } from '../core/schema/unknown-column-error.js';
import type { FittedModel, Generator, RowsGenerator } from './generator.js';
import { fitConstrained, sampleConstrained } from './constraints/constrained.js';
import { loadModelFile, saveModelFile } from './constraints/constrained-file.js';
import { findGenerator, generators } from './generators.js';
import { parseNewIdentifier } from './identifiers/parse-new-identifier.js';
import { independentMarginals } from './tabular/independent-marginals.js';
import { aProfile } from './testing/a-profile.js';
import { aBoundedSchema, aSource, columnOf } from './testing/a-source.js';
import { collectCells } from './testing/cells.js';
import type { Cell } from './testing/cells.js';
import { lawful, lawfulModel, lawfulOptions } from './testing/lawful.js';
import type { Lawful } from './testing/lawful.js';

const names = ['ward', 'smoker', 'creatinine', 'age', 'admitted', 'seen at'];

interface Asked {
  seed?: string;
  rows?: number;
  columns?: readonly string[];
}

/** What every generator keeps, whatever it models and whatever it sees. */
describe.each([...generators])('the laws of $name', (generator) => {
  let subject: Lawful;
  beforeAll(async () => {
    subject = await lawful(generator);
  });
  const sample = ({ seed = '42', rows = 500, columns = names }: Asked): Promise<Map<string, Cell[]>> =>
    collectCells(subject.sample({ columns, rows, random: Random.fromSeed(seed) }));

  it('is found by its name', () => {
    expect(findGenerator(generator.name)).toBe(generator);
  });

  it('sees no more than its tier allows', () => {
    const sees = { STRUCTURAL: 'schema', LOW: 'profile', HIGH: 'rows' } as const;
    expect(generator.sees).toBe(sees[generator.tier]);
  });

  it('gives the same table for the same seed and another for another', async () => {
    expect(await sample({ seed: 'a' })).toEqual(await sample({ seed: 'a' }));
    expect(await sample({ seed: 'a' })).not.toEqual(await sample({ seed: 'b' }));
  });

  it('gives the rows and columns asked for, in that order', async () => {
    const columns = ['age', 'ward'];
    const cells = await sample({ columns, rows: 4097 });
    expect([...cells.keys()]).toEqual(columns);
    expect([...cells.values()].map(({ length }) => length)).toEqual([4097, 4097]);
    expect((await sample({ rows: 0 })).size).toBe(0);
  });

  it('starts with the same rows whatever the row count', async () => {
    const longest = await sample({ rows: 9000 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9000 }), async (rows) => {
        for (const [name, cells] of await sample({ rows }))
          expect(cells).toEqual(longest.get(name)?.slice(0, rows));
      }),
      { numRuns: 8, seed: 1 },
    );
  });

  it('gives a column the same values whichever other columns are asked for', async () => {
    const all = await sample({});
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(names, { minLength: 1 }), async (columns) => {
        for (const [name, cells] of await sample({ columns })) expect(cells).toEqual(all.get(name));
      }),
      { numRuns: 10, seed: 1 },
    );
  });

  it('says how every column is written, and keeps to it', async () => {
    expect(subject.formats.map(({ name }) => name)).toEqual(names);
    const cells = await sample({ rows: 2000 });
    for (const { name, type, decimals } of subject.formats) {
      const values = (cells.get(name) ?? []).filter((cell) => cell !== null);
      expect(values.length).toBeGreaterThan(1000);
      const isText = type === 'category' || type === 'boolean';
      expect(decimals === undefined).toBe(type !== 'number' && type !== 'integer');
      expect(
        values.filter((value) => (isText ? typeof value !== 'string' : !isOnGrid(value, decimals ?? 0))),
      ).toEqual([]);
    }
    expect(new Set(cells.get('smoker'))).toEqual(new Set(['false', 'true']));
  });

  it('knows no column that its input does not have, and no row count that is none', () => {
    const random = Random.fromSeed('42');
    expect(() => subject.sample({ columns: ['wrad'], rows: 1, random })).toThrow(UnknownColumnError);
    expect(() => subject.sample({ columns: ['age'], rows: -1, random })).toThrow(RangeError);
  });
});

function isOnGrid(value: Cell, decimals: number): boolean {
  return typeof value === 'number' && value === Number(value.toFixed(decimals)) && !Object.is(value, -0);
}

const seesRows = (generator: Generator): generator is RowsGenerator => generator.sees === 'rows';

/** What every generator that learns keeps. */
describe.each(generators.filter(seesRows))('the laws of learning of $name', (generator) => {
  const random = Random.fromSeed('42');
  const options = lawfulOptions(generator);
  const input = { schema: aBoundedSchema, rows: aSource };
  let model: FittedModel;
  beforeAll(async () => {
    model = await lawfulModel(generator);
  });
  const asked = { columns: names, rows: 700, random };

  it('learns the same model from the same rows, byte for byte', async () => {
    const other = await lawfulModel(generator);
    expect(Buffer.compare(generator.save(model), generator.save(other))).toBe(0);
  });

  it('learns another model with every noise that no seed fixes, and only then', async () => {
    const [one, other] = [await generator.fit(input, options), await generator.fit(input, options)];
    expect(Buffer.compare(generator.save(one), generator.save(other)) === 0).toBe(!generator.privacy);
  });

  it('makes the same rows after it was saved and loaded', async () => {
    const bytes = generator.save(model);
    const loaded = generator.load(bytes);
    expect(await collectCells(generator.sample(loaded, asked))).toEqual(
      await collectCells(generator.sample(model, asked)),
    );
    expect(generator.formats(loaded)).toEqual(generator.formats(model));
    expect(Buffer.compare(generator.save(loaded), bytes)).toBe(0);
  });

  it('reads a damaged model as a named refusal or as a model that still ends', async () => {
    const bytes = generator.save(model);
    const refused = expect.objectContaining({ name: 'ModelFormatError' }) as Error;
    expect(() => generator.load(bytes.subarray(0, bytes.length - 64))).toThrow(refused);
    expect(() => generator.load(new Uint8Array())).toThrow(refused);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const damaged = bytes.slice();
          damaged[at] = (damaged[at] ?? 0) ^ change;
          const loaded = loadOrNull(() => generator.load(damaged));
          if (loaded) await collectCells(generator.sample(loaded, { columns: [], rows: 20, random }));
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it('stops between columns when it is told to, and tells how far it is', async () => {
    const controller = new AbortController();
    const shares: number[] = [];
    const fit = generator.fit(input, {
      ...options,
      signal: controller.signal,
      onProgress: (share) => {
        shares.push(share);
        if (shares.length === 2) controller.abort(new Error('told to'));
      },
    });
    await expect(fit).rejects.toThrow('told to');
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares).toHaveLength(2);
  });

  it('gives identifiers new values: none of the source, none twice, the same whoever the source has', async () => {
    const withPeople = (people: (row: number) => string): typeof aSource => ({
      ...aSource,
      column: (name) =>
        name === 'patient'
          ? Promise.resolve(columnOf(Array.from({ length: aSource.rowCount }, (_, row) => people(row))))
          : aSource.column(name),
    });
    const regenerate = parseNewIdentifier('patient', { kind: 'nhs-number' });
    const patient = { name: 'patient', type: 'identifier', missingMarkers: [], regenerate } as const;
    const schema = { columns: [aBoundedSchema.columns[0]!, patient, ...aBoundedSchema.columns.slice(1)] };
    const make = async (rows: typeof aSource, count: number): Promise<Map<string, Cell[]>> => {
      const fitted = await fitConstrained(generator, { schema, rows, constraints: [] }, options);
      const about = { sourceRows: 1, sourceHash: '', parameters: {} };
      const loaded = loadModelFile(saveModelFile({ generator, model: fitted, about })).model;
      const columns = ['patient', 'age'];
      return collectCells(sampleConstrained(generator, loaded, { columns, rows: count, random }));
    };
    const made = (await make(withPeople(String), 600)).get('patient') ?? [];
    expect(new Set(made).size).toBe(600);
    const source = new Set(Array.from({ length: aSource.rowCount }, (_, row) => String(row)));
    expect(made.filter((value) => source.has(String(value)))).toEqual([]);
    const others = await make(
      withPeople((row) => `another ${row}`),
      300,
    );
    expect(others.get('patient')).toEqual(made.slice(0, 300));
    if (generator.privacy) return;
    await expect(
      make(
        withPeople((row) => String(made[row % 600])),
        1,
      ),
    ).rejects.toThrow(expect.objectContaining({ name: 'IdentifierError', column: 'patient' }) as Error);
  });

  it.each(['identifier', 'free-text'] as const)('learns nothing from a column of %s', async (type) => {
    const schema = { columns: [{ name: 'ward', type, missingMarkers: [] }] };
    await expect(generator.fit({ schema, rows: aSource }, options)).rejects.toThrow(
      expect.objectContaining({ name: 'WithheldColumnError', column: 'ward', reason: type }) as Error,
    );
  });
});

function loadOrNull<Model>(load: () => Model): Model | null {
  try {
    return load();
  } catch (error) {
    if (error instanceof Error && error.name === 'ModelFormatError') return null;
    throw error;
  }
}

describe('independent marginals and the profile', () => {
  const options = { rows: 3000, random: Random.fromSeed('42') };

  it('agree on the categories, bins, decimals and missing cells', async () => {
    const cells = await collectCells(independentMarginals.sample(aProfile, { ...options, columns: names }));
    expect(new Set(cells.get('ward'))).toEqual(new Set(['Élan "North", 1', '=B', '(other)', null]));
    expect(new Set(cells.get('smoker'))).toEqual(new Set(['false', 'true'])); // Its missing count is suppressed.
    for (const column of aProfile.columns) {
      if (column.kind !== 'numeric') continue;
      const values = cells.get(column.name) ?? [];
      expect(values.includes(null)).toBe(column.missingCount !== 0);
      expect(values.filter((value) => value !== null && !isAllowed(value, column))).toEqual([]);
    }
  });

  it.each(aProfile.columns.filter(({ kind }) => kind === 'withheld'))(
    'never make the withheld $name',
    ({ name }) => {
      expect(() => independentMarginals.sample(aProfile, { ...options, columns: [name] })).toThrow(
        expect.objectContaining({ name: 'WithheldColumnError', column: name, reason: 'identifier' }) as Error,
      );
    },
  );
});

function isAllowed(value: Cell, { edges, decimals }: NumericProfile): boolean {
  return isOnGrid(value, decimals) && Number(value) >= edges[0]! && Number(value) < edges.at(-1)!;
}
