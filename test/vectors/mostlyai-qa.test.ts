import { readFileSync } from 'node:fs';
import { loadComparison } from '../../src/commands/evaluate/load-comparison.js';
import { parseSdvMetadata } from '../../src/commands/evaluate/sdv-metadata.js';
import { Random } from '../../src/core/random/random.js';
import { expectedL1, jointAccuracy } from '../../src/evaluation/fidelity/accuracy/accuracy.js';
import type { BothCoded } from '../../src/evaluation/fidelity/accuracy/accuracy.js';
import { binningOf } from '../../src/evaluation/fidelity/accuracy/binning.js';
import { tableAccuracy } from '../../src/evaluation/fidelity/accuracy/table-accuracy.js';
import { joinRows, toVariable } from '../../src/evaluation/fidelity/variable.js';
import { describeWithShared } from '../support/shared-data.js';
import { VectorCheck } from './vector-check.js';

interface Expected {
  readonly accuracy: readonly ExpectedAccuracy[];
  readonly expectedL1: readonly { probs: readonly number[]; n1: number; n2: number; value: number }[];
}
interface ExpectedAccuracy {
  readonly dataset: string;
  readonly columns: readonly string[];
  readonly datetimeColumns: readonly string[];
  readonly univariateMean: number;
  readonly univariateMaxMean: number;
  readonly bivariateMean: number;
  readonly bivariateMaxMean: number;
  readonly univariate: readonly (ExpectedPart & {
    readonly column: string;
    readonly originalCounts: readonly number[];
    readonly syntheticCounts: readonly number[];
  })[];
  readonly bivariate: readonly (ExpectedPart & { readonly columns: readonly string[] })[];
  readonly trivariateSample: readonly (ExpectedPart & { readonly columns: readonly string[] })[];
}
interface ExpectedPart {
  readonly accuracy: number;
  readonly accuracyMax: number;
}

/** Upstream rounds to five digits. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;
/** A value on the edge of two roundings may go either way. */
const roundingTolerance = 1.1e-5;

async function codedColumns(folder: string, expected: ExpectedAccuracy): Promise<Map<string, BothCoded>> {
  const place = `${folder}/${expected.dataset}`;
  const metadata = parseSdvMetadata(readFileSync(`${place}/metadata.json`, 'utf8'), 'metadata.json');
  const path = (name: string): string => `${place}/${name}.csv`;
  const paths = { real: path('real'), synthetic: path('synthetic'), holdout: path('holdout') };
  const [table] = (await loadComparison(paths, metadata)).tables;
  const coded = expected.columns.map((name) => {
    const variable = (side: 'real' | 'synthetic' | 'holdout') =>
      toVariable(table![side]!.columns.get(name)!)!;
    const original = joinRows(variable('real'), variable('holdout'));
    const binning = binningOf(original, expected.datetimeColumns.includes(name));
    return [name, { original: binning(original), synthetic: binning(variable('synthetic')) }] as const;
  });
  return new Map(coded);
}

function counts({ codes, size }: BothCoded['original']): number[] {
  const found = new Array<number>(size).fill(0);
  for (const code of codes) found[code]! += 1;
  return found.filter((count) => count > 0);
}

describeWithShared('the accuracies of mostlyai-qa', 'metric-vectors/mostlyai-qa-expected.json', (file) => {
  const folder = file.replace(/\/[^/]+$/, '');
  const all = JSON.parse(readFileSync(file, 'utf8')) as Expected;

  it('expects of a holdout what upstream expects', () => {
    const check = new VectorCheck();
    for (const { probs, n1, n2, value } of all.expectedL1)
      check.score(`${n1} and ${n2}`, expectedL1(probs, n1, n2), value);
    check.expectAll('mostlyai-qa, expected distance', 3);
  });

  it.each([
    ['breast-cancer', 164],
    ['mixed', 190],
  ])('agrees on %s', async (dataset, least) => {
    const expected = all.accuracy.find((one) => one.dataset === dataset)!;
    const columns = await codedColumns(folder, expected);
    const check = new VectorCheck(roundingTolerance);
    const part = (place: string, names: readonly string[], wanted: ExpectedPart): void => {
      const { accuracy, ceiling } = jointAccuracy(names.map((name) => columns.get(name)!));
      check.score(place, rounded(accuracy), wanted.accuracy);
      check.score(`${place}, ceiling`, rounded(ceiling), wanted.accuracyMax);
    };
    for (const one of expected.univariate) {
      part(one.column, [one.column], one);
      const { original, synthetic } = columns.get(one.column)!;
      const sorted = (list: readonly number[]): string =>
        JSON.stringify(list.filter((count) => count > 0).sort((a, b) => a - b));
      check.text(`${one.column}, original`, sorted(counts(original)), sorted(one.originalCounts));
      check.text(`${one.column}, synthetic`, sorted(counts(synthetic)), sorted(one.syntheticCounts));
    }
    for (const one of [...expected.bivariate, ...expected.trivariateSample])
      part(one.columns.join(' x '), one.columns, one);
    const random = Random.fromSeed('vectors');
    const single = tableAccuracy([...columns.values()], 'univariate', random);
    check.score('univariate', single.accuracy, expected.univariateMean);
    check.score('univariate, ceiling', single.ceiling, expected.univariateMaxMean);
    const paired = tableAccuracy([...columns.values()], 'bivariate', random);
    check.score('bivariate', paired.accuracy, expected.bivariateMean);
    check.score('bivariate, ceiling', paired.ceiling, expected.bivariateMaxMean);
    check.expectAll(`mostlyai-qa on ${dataset}`, least);
  });
});
