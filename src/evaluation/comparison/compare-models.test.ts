import type { Column, Table } from '../../core/table/table.js';
import { selectRows } from '../../core/table/select-rows.js';
import { sourceOf } from '../testing/columns.js';
import { patients } from '../testing/patients.js';
import { compareModels } from './compare-models.js';
import type { ComparedMethod, ModelComparison } from './compare-models.js';
import type { ComparedModel } from './compared-model.js';
import { comparisonHtml } from './comparison-html.js';
import { recommendModel } from './recommend-model.js';

const rows = 200;
const train = sourceOf(patients({ rows, seed: 'train' }));
const holdout = sourceOf(patients({ rows, seed: 'holdout' }));
const tableOf = (columns: Readonly<Record<string, Column>>): Table => ({
  rowCount: rows,
  columns: new Map(Object.entries(columns)),
});
const methods: ComparedMethod[] = [
  {
    name: 'copies',
    make: async (source) => {
      const drawn = selectRows(
        source,
        Int32Array.from({ length: rows }, (_, row) => (7 * row) % rows),
      );
      const columns = drawn.columnNames.map(async (name) => [name, await drawn.column(name)] as const);
      return { rowCount: rows, columns: new Map(await Promise.all(columns)) };
    },
  },
  {
    name: 'unrelated',
    make: () => Promise.resolve(tableOf(patients({ rows, seed: 'other', isShuffled: true }))),
  },
  { name: 'same law', make: () => Promise.resolve(tableOf(patients({ rows, seed: 'candidate' }))) },
  { name: 'broken', make: () => Promise.reject(new TypeError('cannot read "Ann Smith"')) },
];

async function compared(): Promise<ModelComparison> {
  let milliseconds = 0;
  return compareModels({
    ...{ train, holdout, methods, declared: {}, seed: 'test' },
    schema: {
      columns: ['age', 'pressure', 'sex', 'ward', 'outcome', 'stay'].map((name) => ({
        ...{ name, missingMarkers: [] },
        type: ['sex', 'ward', 'outcome'].includes(name) ? 'category' : 'number',
      })),
    },
    thresholds: {
      'nearer-to-training': { pass: 0.51, fail: 0.55 },
      'exact-copies-above-holdout': { pass: 0, fail: 0 },
    },
    privacyChecks: ['nearer-to-training', 'exact-copies-above-holdout'],
    elapsedMs: () => (milliseconds += 500),
    plainMessage: () => null,
  });
}

describe('a comparison of methods', () => {
  it('recommends the faithful one that copies nobody, and says why not the others', async () => {
    const comparison = await compared();
    const { method, reasons, ranking } = comparison.recommendation;
    expect(method).toBe('same law');
    expect(ranking).toEqual(['same law', 'unrelated', 'copies', 'broken']);
    expect(reasons.join(' ')).toMatch(/unrelated fails no privacy check, but is less faithful/);
    expect(reasons.join(' ')).toMatch(/copies fails 2 privacy checks/);
    const text = JSON.stringify(comparison) + comparisonHtml(comparison);
    expect(text).toContain('It crashed (TypeError).');
    expect(text).not.toContain('Ann Smith');
    expect(text).not.toMatch(/NaN|undefined|\[object/);
  });

  it('draws every method that made rows, with a name for those who do not see it', async () => {
    const html = comparisonHtml(await compared());
    expect(html.match(/<circle/g)).toHaveLength(3);
    expect(html).toMatch(/<svg role="img" aria-label="Fidelity, privacy and time of 3 methods/);
    expect(html).toContain('<caption>Methods from the best</caption>');
  });

  const aModel = (method: string, more: Partial<ComparedModel> = {}): ComparedModel => ({
    ...{ method, seconds: 1, checks: [], failedPrivacy: [], failure: null },
    ...{ fidelity: { value: 0.9 }, nearness: { value: 0.5 } },
    ...more,
  });
  it.each<[string, ComparedModel[], string | null]>([
    ['none of those that all leak', [aModel('a', { failedPrivacy: ['linkability'] })], null],
    ['none of none', [], null],
    [
      'the quicker of two on either side of a round number',
      [
        aModel('slow', { fidelity: { value: 0.934 }, seconds: 2 }),
        aModel('quick', { fidelity: { value: 0.932 } }),
      ],
      'quick',
    ],
    ['the quicker of two that are alike', [aModel('slow', { seconds: 9 }), aModel('quick')], 'quick'],
    [
      'not the most faithful one that leaks',
      [aModel('leaks', { fidelity: { value: 0.99 }, failedPrivacy: ['inference'] }), aModel('plain')],
      'plain',
    ],
    ['none without a fidelity', [aModel('a', { fidelity: { value: null, reason: 'No column.' } })], null],
  ])('recommends %s', (_, models, expected) => {
    expect(recommendModel(models).method).toBe(expected);
  });
});
