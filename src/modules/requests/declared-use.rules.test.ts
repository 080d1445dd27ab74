import type { ColumnSchema } from '../../core/schema/schema.js';
import type { MeasureSection } from '../../evaluation/measure.js';
import {
  declaredOf,
  type DeclaredUse,
  nothingDeclared,
  refuseDeclaredUse,
  refuseLargeUse,
} from './declared-use.rules.js';

const column = (name: string, type: ColumnSchema['type']): ColumnSchema => ({
  name,
  type,
  missingMarkers: [],
});
const measured: MeasureSection[] = ['use in models', 'groups of people', 'clinical sense'];
const bounds = {
  columns: [
    ...[column('age', 'integer'), column('sex', 'category'), column('born', 'date')],
    ...[column('weight', 'number'), column('smokes', 'boolean')],
  ],
  measured,
};
const rules = `
version: 1
rules:
  - { name: adults, kind: range, column: age, min: 18 }
  - { name: births, kind: range, column: born, max: 2020-12-31 }
`;
const use: DeclaredUse = {
  target: 'sex',
  protectedColumns: [
    { column: 'sex', cuts: [] },
    { column: 'age', cuts: [40, 65] },
  ],
  rules,
};

describe('declared use', () => {
  it('is taken when everything can be measured, and told to the checks whole', () => {
    expect(refuseDeclaredUse(use, bounds)).toBeNull();
    expect(declaredOf(use)).toMatchObject({
      target: 'sex',
      protectedColumns: [{ column: 'sex' }, { column: 'age', cuts: [40, 65] }],
      rules: [{ name: 'adults' }, { name: 'births', max: '2020-12-31' }],
    });
  });

  it('may be nothing, of which the checks are told nothing', () => {
    expect(refuseDeclaredUse(nothingDeclared, { ...bounds, measured: [] })).toBeNull();
    expect(declaredOf(nothingDeclared)).toEqual({});
  });

  it.each<[string, Partial<DeclaredUse>]>([
    ...['age', 'weight', 'smokes'].map((target): [string, Partial<DeclaredUse>] => [
      `the target ${target}`,
      { target },
    ]),
    ['groups of yes and no', { protectedColumns: [{ column: 'smokes', cuts: [] }] }],
    ['bands of a fraction', { protectedColumns: [{ column: 'weight', cuts: [60.5] }] }],
    [
      'nineteen bounds of bands',
      { protectedColumns: [{ column: 'age', cuts: Array.from({ length: 19 }, (_, cut) => cut) }] },
    ],
  ])('is taken with %s', (_, change) => {
    expect(refuseDeclaredUse({ ...use, ...change }, bounds)).toBeNull();
  });

  it('names no target where there is nothing to predict it from', () => {
    const alone = { ...bounds, columns: [column('sex', 'category')] };
    expect(refuseDeclaredUse({ ...nothingDeclared, target: 'sex' }, alone)).toMatchObject({
      place: 'declaredUse.target',
    });
  });

  it('tells of no bands where there are none', () => {
    expect(declaredOf(use).protectedColumns?.[0]).toEqual({ column: 'sex' });
  });

  it('is kept in a draft up to its bounds', () => {
    const groups = (count: number): DeclaredUse['protectedColumns'] =>
      Array.from({ length: count }, (_, at) => ({ column: `c${at}`, cuts: [] }));
    const text = (length: number): string => '#'.repeat(length);
    expect(refuseLargeUse({ ...use, rules: text(20_000), protectedColumns: groups(10) })).toBeNull();
    expect(refuseLargeUse({ ...use, rules: text(20_001) })).toMatchObject({ place: 'declaredUse.rules' });
    expect(refuseLargeUse({ ...use, protectedColumns: groups(11) })).toMatchObject({
      place: 'declaredUse.protectedColumns',
    });
  });

  it.each<[Partial<DeclaredUse>, string, string, RegExp]>([
    [{ target: 'height' }, 'UNKNOWN_COLUMN', 'declaredUse.target', /"height"/],
    [{ target: 'born' }, 'BAD_PARAMETERS', 'declaredUse.target', /"born" is of type date/],
    [
      { protectedColumns: [{ column: 'race', cuts: [] }] },
      'UNKNOWN_COLUMN',
      'declaredUse.protectedColumns.0',
      /"race"/,
    ],
    [
      { protectedColumns: [{ column: 'age', cuts: [] }] },
      'BAD_PARAMETERS',
      'declaredUse.protectedColumns.0',
      /"age" is a number/,
    ],
    [
      { protectedColumns: [{ column: 'age', cuts: [65, 40] }] },
      'BAD_PARAMETERS',
      'declaredUse.protectedColumns.0',
      /rising/,
    ],
    [
      { protectedColumns: [{ column: 'sex', cuts: [1] }] },
      'BAD_PARAMETERS',
      'declaredUse.protectedColumns.0',
      /"sex" has categories/,
    ],
    [
      {
        protectedColumns: [
          { column: 'sex', cuts: [] },
          { column: 'sex', cuts: [] },
        ],
      },
      'BAD_PARAMETERS',
      'declaredUse.protectedColumns.1',
      /twice/,
    ],
    ...[[40, 40], [40, NaN], Array.from({ length: 20 }, (_, cut) => cut)].map(
      (cuts): [Partial<DeclaredUse>, string, string, RegExp] => [
        { protectedColumns: [{ column: 'age', cuts }] },
        'BAD_PARAMETERS',
        'declaredUse.protectedColumns.0',
        /rising/,
      ],
    ),
    [
      { protectedColumns: [{ column: 'born', cuts: [1] }] },
      'BAD_PARAMETERS',
      'declaredUse.protectedColumns.0',
      /"born" is of type date/,
    ],
    [{ rules: 'rules: [' }, 'BAD_PARAMETERS', 'declaredUse.rules', /./],
    [{ rules: 'version: 2' }, 'BAD_PARAMETERS', 'declaredUse.rules', /version/],
    [{ rules: 'a: &a [1]\nb: *a' }, 'BAD_PARAMETERS', 'declaredUse.rules', /alias/],
    [
      { rules: rules.replace('column: age', 'column: years') },
      'BAD_PARAMETERS',
      'declaredUse.rules',
      /"years"/,
    ],
    [
      { rules: rules.replace('column: age', 'column: sex') },
      'BAD_PARAMETERS',
      'declaredUse.rules',
      /Rule "adults": the column "sex" is no number/,
    ],
    [
      { rules: rules.replace('max: 2020-12-31', 'max: 3') },
      'BAD_PARAMETERS',
      'declaredUse.rules',
      /Rule "births".*"born"/,
    ],
  ])('is refused with %j: %s at %s', (change, code, place, words) => {
    const refused = refuseDeclaredUse({ ...use, ...change }, bounds);
    expect(refused).toMatchObject({ code, place });
    expect(refused?.message).toMatch(words);
  });

  it.each<[MeasureSection, string]>([
    ['use in models', 'declaredUse.target'],
    ['groups of people', 'declaredUse.protectedColumns'],
    ['clinical sense', 'declaredUse.rules'],
  ])('is refused where the policy does not measure %s', (section, place) => {
    const others = measured.filter((one) => one !== section);
    expect(refuseDeclaredUse(use, { ...bounds, measured: others })).toMatchObject({ place });
  });
});
