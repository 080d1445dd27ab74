import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { buildHistogram, type CountCells } from '../../src/core/profile/histogram.js';
import { gridPoint } from '../../src/core/profile/public-grid.js';
import { findingsText } from '../../src/evaluation/lint/findings-text.js';
import { profileFromSrcStats } from '../../src/evaluation/lint/import/profile-from-src-stats.js';
import { lintFiles } from '../../src/evaluation/lint/lint.js';
import { liesOnGrid } from '../../src/evaluation/lint/rules/profile-grid.js';
import { lintControl, lintOf } from './lint-of.js';

const words = (
  'src-stats tables columns results queries query dp-query comments name epsilon delta snsql-metadata kwargs args ' +
  'row_generators story_generators vocabulary_table dsn schema password host type primary version sourceHash rows kind ' +
  'disclosureControl counts edges categories value count profile hash entries auto__t__a mean__person_id __proto__ <<'
).split(' ');
const texts = [
  'SELECT a AS value FROM t GROUP BY value',
  'SELECT a, COUNT(*) AS count FROM t GROUP BY a HAVING COUNT(*) > 9',
  'SELECT a FROM (SELECT',
  '2031-02-03',
  'numeric',
  'postgresql://a:b@c/d',
];
const scalar = fc.oneof(
  fc.constantFrom<unknown>(...texts, null, true, false, 0, 3, -1, 1.5, 1e300, ''),
  fc.string(),
  fc.integer(),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    scalar,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), tie('tree'), {
      maxKeys: 6,
    }),
  ),
}));
const fileName = fc.constantFrom(
  'config.yaml',
  'orm.yaml',
  'src-stats.yaml',
  'profile.json',
  'x.yaml',
  'x.yml.gz',
  'x.py',
);

function checkAll(files: Readonly<Record<string, Uint8Array>>): string {
  const all = Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
  const { findings } = lintFiles(all, lintControl);
  profileFromSrcStats(all, { columns: [{ name: 'a', type: 'category', missingMarkers: [] }] }, lintControl);
  return [...findingsText(findings, all.length), JSON.stringify(findings)].join('\n');
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the linter', () => {
  it('survives any structure', () => {
    fc.assert(
      fc.property(fc.dictionary(fileName, tree, { maxKeys: 4 }), (folder) => {
        const files = Object.entries(folder).map(([name, value]) => {
          const bytes = utf8(stringify(value));
          return [name, name.endsWith('.gz') ? gzipSync(bytes) : bytes] as const;
        });
        expect(() => checkAll(Object.fromEntries(files))).not.toThrow();
      }),
      { numRuns: 600 },
    );
  }, 120_000);

  it('survives any bytes', () => {
    const marks = fc.constantFrom(
      ...'[ ] { } , : - ? & * ! | > % @ ` " \' # a 1 \n \t <<: --- ... &a *a !!python/x \\u0000'.split(' '),
      '\n',
      '  ',
    );
    const text = fc.array(marks, { maxLength: 80 }).map((parts) => utf8(parts.join('')));
    fc.assert(
      fc.property(fileName, fc.oneof(text, fc.uint8Array({ maxLength: 200 })), (name, bytes) => {
        expect(() => checkAll({ [name]: bytes })).not.toThrow();
      }),
      { numRuns: 1500 },
    );
  }, 120_000);

  it('repeats no value it has read', () => {
    const secret = 'Zyxwv Secret-4711';
    const planted = fc.oneof(
      fc.constantFrom(
        secret,
        `postgresql://${secret}:${secret}@${secret}.nhs.uk:5432/x`,
        `SELECT a AS "${secret}", '${secret}', MAX(b) FROM t GROUP BY a -- ${secret}`,
        `SRC_STATS["a"] or ${secret}()`,
        `host=${secret} password=${secret}`,
      ),
    );
    const { leaky } = fc.letrec<{ leaky: unknown }>((tie) => ({
      leaky: fc.oneof(
        { maxDepth: 6 },
        planted,
        fc.array(tie('leaky'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...words, secret), tie('leaky'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(fileName, leaky, fc.boolean(), (name, value, isBroken) => {
        const text = `# ${secret} @ ${secret}.local\n${stringify(value)}${isBroken ? `\n${secret}: [` : ''}`;
        expect(checkAll({ [name]: utf8(text) })).not.toMatch(/secret-4711|zyxwv/i);
      }),
      { numRuns: 800 },
    );
  }, 120_000);

  it.each([
    ['brackets', '['.repeat(200_000)],
    ['dashes', '- '.repeat(100_000)],
    ['questions', '? '.repeat(50_000)],
    [
      'aliases',
      `a: &a [1]\n${Array.from({ length: 30 }, (_, at) => `k${at}: &k${at} [${'*a,'.repeat(9)}*a${at > 0 ? `,*k${at - 1},*k${at - 1}` : ''}]`).join('\n')}`,
    ],
    [
      'deep aliases',
      Array.from({ length: 400 }, (_, at) => `k${at}: &k${at} [[[[[${at > 0 ? `*k${at - 1}` : 1}]]]]]`).join(
        '\n',
      ),
    ],
    ['names', Array.from({ length: 40_000 }, (_, at) => `k${at}: 1`).join('\n')],
    ['documents', '---\na\n'.repeat(20_000)],
    ['blank lines', '\n'.repeat(400_000)],
    ['dotted names', `a: ${'a.'.repeat(500_000)}\nb: ${'a-'.repeat(500_000)}\nhost: ${';'.repeat(500_000)}`],
    [
      'statistics',
      Array.from(
        { length: 10_000 },
        (_, at) => `s${at}: {queries: {query: SELECT a FROM t}, results: []}`,
      ).join('\n'),
    ],
    ['one quote', `a: "${'x\n'.repeat(500_000)}`],
  ])(
    'comes to an end on many %s',
    (_, text) => {
      // A second or two on an idle machine; what is kept out is growth with the square, which takes hours.
      expect(() => lintOf({ 'src-stats.yaml': text })).not.toThrow();
    },
    240_000,
  );

  it('refuses deep nesting before anything recurses: near the end of the stack Node itself may abort', () => {
    for (const text of [
      '['.repeat(100_000) + ']'.repeat(100_000),
      '- '.repeat(10_000),
      '{a: '.repeat(1000),
    ]) {
      expect(lintOf({ 'config.yaml': text }).findings).toMatchObject([
        { rule: 'unreadable-file', why: 'It is nested more than 60 levels deep.' },
      ]);
    }
  });

  it('ends quickly on a gzip bomb', () => {
    const bytes = gzipSync(new Uint8Array(50_000_000));
    const { findings } = lintFiles([{ name: 'src-stats.yaml.gz', bytes }], lintControl);
    expect(findings).toMatchObject([
      { rule: 'unreadable-file', why: expect.stringContaining('larger than') as string },
    ]);
  });

  it('takes every edge that a profile can have for one on the grid', async () => {
    const values = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), {
      minLength: 40,
      maxLength: 300,
    });
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(1, 1000),
        async (cells, decimals, scale) => {
          const unit = 1 / 10 ** decimals;
          const all = cells.map((cell) => (cell * scale) / 10 ** decimals).sort((a, b) => a - b);
          const input = { count: all.length, lowest: all[0]!, highest: all.at(-1)!, unit };
          const { edges } = await buildHistogram(input, lintControl, counterOf(all));
          expect([edges, liesOnGrid({ edges, decimals })]).toEqual([edges, true]);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});

/** Counts as the database does. */
function counterOf(values: readonly number[]): CountCells {
  return (grid, first, last) => {
    const cells = new Map<number, { index: number; count: number; onBorder: number }>();
    for (const value of values) {
      const position = value / gridPoint(grid, 1);
      const nearest = Math.round(position);
      const isOn = Math.abs(position - nearest) <= Math.max(1e-9, Math.abs(nearest) * 1e-13);
      const index = Math.min(Math.max(isOn ? nearest : Math.floor(position), first), last);
      const cell = cells.get(index) ?? { index, count: 0, onBorder: 0 };
      cells.set(index, { index, count: cell.count + 1, onBorder: cell.onBorder + (isOn ? 1 : 0) });
    }
    return Promise.resolve([...cells.values()].sort((a, b) => a.index - b.index));
  };
}
