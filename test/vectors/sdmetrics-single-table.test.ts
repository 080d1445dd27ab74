import { readFileSync } from 'node:fs';
import { loadComparison } from '../../src/commands/evaluate/load-comparison.js';
import { parseSdvMetadata } from '../../src/commands/evaluate/sdv-metadata.js';
import { boundaryAdherence } from '../../src/evaluation/fidelity/columns/boundary-adherence.js';
import { categoryAdherence } from '../../src/evaluation/fidelity/columns/category-adherence.js';
import { categoriesOf, categoryCoverage } from '../../src/evaluation/fidelity/columns/category-coverage.js';
import { chiSquareSimilarity } from '../../src/evaluation/fidelity/columns/chi-square-similarity.js';
import { keyUniqueness } from '../../src/evaluation/fidelity/columns/key-uniqueness.js';
import { missingValueSimilarity } from '../../src/evaluation/fidelity/columns/missing-value-similarity.js';
import { rangeCoverage } from '../../src/evaluation/fidelity/columns/range-coverage.js';
import { shapeSimilarity } from '../../src/evaluation/fidelity/columns/shape.js';
import { statisticSimilarity } from '../../src/evaluation/fidelity/columns/statistic-similarity.js';
import { correlationSimilarity } from '../../src/evaluation/fidelity/pairs/correlation.js';
import { compareTable } from '../../src/evaluation/fidelity/quality/compared-table.js';
import type { ComparedVariable } from '../../src/evaluation/fidelity/quality/compared-variable.js';
import { pairTrend } from '../../src/evaluation/fidelity/quality/pair-trend.js';
import { missingCountOf, rowCountOf, toVariable } from '../../src/evaluation/fidelity/variable.js';
import type { Variable } from '../../src/evaluation/fidelity/variable.js';
import type { LoadedTable } from '../../src/commands/evaluate/load-comparison.js';
import { describeWithShared } from '../support/shared-data.js';
import { checkDiagnosticReport, checkQualityReport } from './sdmetrics-reports.js';
import { VectorCheck } from './vector-check.js';
import type { ExpectedFigure } from './vector-check.js';

type Figures = Readonly<Record<string, ExpectedFigure>>;
type ExpectedColumn = Readonly<Record<string, ExpectedFigure | Figures | Readonly<Record<string, Figures>>>>;
interface Expected {
  readonly columns: Readonly<Record<string, ExpectedColumn>>;
  readonly pairs: readonly (Readonly<Record<string, unknown>> & { readonly columns: [string, string] })[];
  readonly qualityReport: Parameters<typeof checkQualityReport>[2];
  readonly qualityReportThresholdZero: Parameters<typeof checkQualityReport>[2];
  readonly diagnosticReport: Parameters<typeof checkDiagnosticReport>[2];
}

async function load(folder: string): Promise<LoadedTable> {
  const file = `${folder}/metadata.json`;
  const metadata = parseSdvMetadata(readFileSync(file, 'utf8'), file);
  const paths = {
    real: `${folder}/real.csv`,
    synthetic: `${folder}/synthetic.csv`,
    holdout: `${folder}/holdout.csv`,
  };
  return (await loadComparison(paths, metadata)).tables[0]!;
}

function checkColumns(
  check: VectorCheck,
  { real, synthetic }: LoadedTable,
  columns: Expected['columns'],
): void {
  for (const [name, expected] of Object.entries(columns)) {
    const column = synthetic.columns.get(name)!;
    const [before, after] = [toVariable(real.columns.get(name)!), toVariable(column)];
    const keyed = expected['KeyUniqueness'];
    if (keyed !== undefined)
      check.score(
        `${name} KeyUniqueness`,
        keyUniqueness([column], synthetic.rowCount),
        keyed as ExpectedFigure,
      );
    if (before && after) checkVariable(check, name, [before, after], expected);
  }
}

function checkVariable(
  check: VectorCheck,
  name: string,
  [real, synthetic]: readonly [Variable, Variable],
  expected: ExpectedColumn,
): void {
  const figure = (measure: string): ExpectedFigure => expected[measure] as ExpectedFigure;
  const figures = (measure: string): Figures => expected[measure] as Figures;
  const share = (variable: Variable): number => missingCountOf(variable) / rowCountOf(variable);
  const missing = figures('MissingValueSimilarity');
  check.score(`${name} missing`, missingValueSimilarity(real, synthetic), missing['score']);
  check.score(`${name} missing, real`, share(real), missing['real']);
  check.score(`${name} missing, synthetic`, share(synthetic), missing['synthetic']);
  if (real.kind === 'continuous' && synthetic.kind === 'continuous') {
    check.score(`${name} KS`, shapeSimilarity(real, synthetic), figure('KSComplement'));
    check.score(`${name} boundary`, boundaryAdherence(real, synthetic), figure('BoundaryAdherence'));
    check.score(`${name} range`, rangeCoverage(real, synthetic), figure('RangeCoverage'));
    for (const statistic of ['mean', 'median', 'std'] as const) {
      const wanted = (expected['StatisticSimilarity'] as Record<string, Figures>)[statistic]!;
      const found = statisticSimilarity(statistic, real, synthetic);
      check.score(`${name} ${statistic}`, found.score, wanted['score']);
      if (Math.abs(Number(wanted['real'])) > 1e12) {
        // Nanoseconds: seven digits of a number of nineteen are all a double and pandas agree on.
        check.score(`${name} ${statistic}, real`, found.real / Number(wanted['real']), 1);
        check.score(`${name} ${statistic}, synthetic`, found.synthetic / Number(wanted['synthetic']), 1);
      } else {
        check.score(`${name} ${statistic}, real`, found.real, wanted['real']);
        check.score(`${name} ${statistic}, synthetic`, found.synthetic, wanted['synthetic']);
      }
    }
  }
  if (real.kind === 'discrete' && synthetic.kind === 'discrete') {
    check.score(`${name} TV`, shapeSimilarity(real, synthetic), figure('TVComplement'));
    check.score(`${name} adherence`, categoryAdherence(real, synthetic), figure('CategoryAdherence'));
    check.score(`${name} CSTest`, chiSquareSimilarity(real, synthetic), figure('CSTest'));
    const coverage = figures('CategoryCoverage');
    check.score(`${name} coverage`, categoryCoverage(real, synthetic), coverage['score']);
    check.score(`${name} categories, real`, categoriesOf(real).length, coverage['real']);
    // Upstream's "synthetic" is the number of real categories found, not of all synthetic ones.
    const known = new Set(categoriesOf(real));
    const covered = categoriesOf(synthetic).filter((category) => known.has(category)).length;
    check.score(`${name} categories, covered`, covered, coverage['synthetic']);
  }
}

function checkPairs(
  check: VectorCheck,
  variables: ReadonlyMap<string, ComparedVariable>,
  pairs: Expected['pairs'],
): void {
  for (const { columns, ...expected } of pairs) {
    const [first, second] = columns.map((name) => variables.get(name)!) as [
      ComparedVariable,
      ComparedVariable,
    ];
    const place = columns.join(' x ');
    const trend = pairTrend(first, second);
    if (trend.measure === 'ContingencySimilarity') {
      if (trend.fixedEdgesScore) {
        check.score(
          `${place}, fixed edges`,
          trend.fixedEdgesScore,
          expected['ContingencySimilarityRealBins'] as ExpectedFigure,
        );
        continue;
      }
      check.score(place, trend.score, (expected['ContingencySimilarity'] as Figures)['score']);
      check.score(`${place}, V`, trend.realAssociation ?? NaN, expected['realCramersV'] as ExpectedFigure);
      continue;
    }
    if (first.kind !== 'continuous' || second.kind !== 'continuous') throw new Error(place);
    for (const coefficient of ['Pearson', 'Spearman'] as const) {
      const found = correlationSimilarity(
        coefficient,
        { first: first.real, second: second.real },
        { first: first.synthetic, second: second.synthetic },
      );
      const wanted = expected[`CorrelationSimilarity${coefficient}`] as Figures;
      check.score(`${place}, ${coefficient}`, found.score, wanted['score']);
      check.score(`${place}, ${coefficient}, real`, found.real, wanted['real']);
      check.score(`${place}, ${coefficient}, synthetic`, found.synthetic, wanted['synthetic']);
    }
  }
}

describeWithShared('SDMetrics on one table', 'metric-vectors', (folder) => {
  it.each([
    ['breast-cancer', 7527],
    ['mixed', 1876],
  ])('agrees on %s: columns, pairs, reports', async (name, least) => {
    const expected = JSON.parse(readFileSync(`${folder}/${name}/expected.json`, 'utf8')) as Expected;
    const table = await load(`${folder}/${name}`);
    const compared = compareTable(table);
    const check = new VectorCheck();
    checkColumns(check, table, expected.columns);
    checkPairs(check, new Map(compared.variables.map((one) => [one.name, one])), expected.pairs);
    checkQualityReport(check, compared, expected.qualityReport, 'default');
    checkQualityReport(check, compared, expected.qualityReportThresholdZero, 'zero');
    checkDiagnosticReport(check, table, expected.diagnosticReport);
    check.expectAll(`SDMetrics on ${name}`, least);
  });
});
