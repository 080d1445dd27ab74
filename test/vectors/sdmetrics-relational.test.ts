import { readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadComparison } from '../../src/commands/evaluate/load-comparison.js';
import type { LoadedComparison } from '../../src/commands/evaluate/load-comparison.js';
import { parseSdvMetadata } from '../../src/commands/evaluate/sdv-metadata.js';
import type { Statistic } from '../../src/evaluation/fidelity/columns/statistic-similarity.js';
import { keyText } from '../../src/evaluation/fidelity/columns/key-uniqueness.js';
import type { trendThresholds } from '../../src/evaluation/fidelity/quality/pair-trend.js';
import {
  cardinalityBoundaryAdherence,
  cardinalityShapeSimilarity,
  cardinalityStatisticSimilarity,
  referentialIntegrity,
} from '../../src/evaluation/fidelity/relational/relationship-scores.js';
import { compareDataset } from '../../src/evaluation/fidelity/relational/compared-dataset.js';
import type { ComparedDataset } from '../../src/evaluation/fidelity/relational/compared-dataset.js';
import {
  diagnosticProperties,
  qualityProperties,
} from '../../src/evaluation/fidelity/relational/dataset-reports.js';
import {
  interRowMsas,
  sequenceLengthSimilarity,
  sequencesOf,
  statisticMsas,
} from '../../src/evaluation/fidelity/sequences/sequence-scores.js';
import type {
  Sequences,
  SequenceStatistic,
} from '../../src/evaluation/fidelity/sequences/sequence-scores.js';
import { toVariable } from '../../src/evaluation/fidelity/variable.js';
import { describeWithShared } from '../support/shared-data.js';
import { checkReport, checkShape, checkTrend, checkValidity } from './sdmetrics-reports.js';
import type { ExpectedReport, Row } from './sdmetrics-reports.js';
import { VectorCheck } from './vector-check.js';
import type { ExpectedFigure } from './vector-check.js';

type Figures = Readonly<Record<string, ExpectedFigure>>;
type QualityReport = ExpectedReport & {
  readonly 'Column Shapes': readonly Row[];
  readonly 'Column Pair Trends': readonly Row[];
  readonly 'Intertable Trends': readonly Row[];
};
interface Expected {
  readonly qualityReport: QualityReport;
  readonly qualityReportThresholdZero: QualityReport;
  readonly diagnosticReport: ExpectedReport & { readonly 'Data Validity': readonly Row[] };
  readonly cardinalityShapeSimilarity: Readonly<Record<string, Figures>>;
  readonly cardinalityStatisticSimilarity: Readonly<Record<Statistic, Readonly<Record<string, Figures>>>>;
  readonly relationships: readonly {
    readonly relationship: { readonly child_table_name: string };
    readonly referentialIntegrity: number;
    readonly cardinalityBoundaryAdherence: number;
  }[];
  readonly sequential: Readonly<Record<'weight' | 'systolic_bp', ExpectedSequences>> & {
    readonly SequenceLengthSimilarity: number;
  };
}
interface ExpectedSequences {
  readonly StatisticMSAS: Readonly<Record<SequenceStatistic, number>>;
  readonly InterRowMSAS: Readonly<Record<'1' | '2', number>>;
  readonly InterRowMSAS_log: number;
}

async function load(folder: string): Promise<LoadedComparison> {
  const work = await mkdtemp(join(tmpdir(), 'picketfence-vectors-'));
  try {
    for (const side of ['real', 'synthetic']) {
      await mkdir(join(work, side));
      for (const table of ['patients', 'visits', 'medications'])
        await copyFile(join(folder, `${side}-${table}.csv`), join(work, side, `${table}.csv`));
    }
    const file = join(folder, 'metadata.json');
    const metadata = parseSdvMetadata(readFileSync(file, 'utf8'), file);
    return await loadComparison({ real: join(work, 'real'), synthetic: join(work, 'synthetic') }, metadata);
  } finally {
    await rm(work, { recursive: true });
  }
}

function checkQuality(
  check: VectorCheck,
  dataset: ComparedDataset,
  expected: QualityReport,
  regime: keyof typeof trendThresholds,
): void {
  const properties = qualityProperties(dataset, regime, 'own');
  checkReport(
    check,
    expected,
    ['Column Shapes', 'Column Pair Trends', 'Cardinality', 'Intertable Trends'].map(
      (name) => properties.find((property) => property.name === name)!.score,
    ),
  );
  const tableOf = (row: Row): ComparedDataset['tables'][number] =>
    dataset.tables.find(({ name }) => name === row['Table'])!;
  for (const row of expected['Column Shapes'])
    checkShape(
      check,
      row,
      tableOf(row).shapes.find(({ column }) => column === row['Column']),
    );
  const isNamed = (columns: readonly string[], row: Row): boolean =>
    columns[0] === row['Column 1'] && columns[1] === row['Column 2'];
  for (const row of expected['Column Pair Trends'])
    checkTrend(
      check,
      row,
      tableOf(row).trends.find(({ columns }) => isNamed(columns, row)),
      regime,
    );
  for (const row of expected['Intertable Trends']) {
    const found = dataset.intertableTrends.find(
      ({ relationship, trend }) => relationship.child === row['Child Table'] && isNamed(trend.columns, row),
    );
    checkTrend(check, row, found?.trend, regime);
  }
}

function checkRelationships(check: VectorCheck, dataset: ComparedDataset, expected: Expected): void {
  for (const { relationship, keys } of dataset.relationships) {
    if ('reason' in keys) throw new Error(keys.reason);
    const { real, synthetic } = keys;
    const name = `${relationship.parent}|${relationship.child}`;
    check.score(
      `${name} cardinality`,
      cardinalityShapeSimilarity(real, synthetic),
      expected.cardinalityShapeSimilarity[name]!['score'],
    );
    for (const statistic of ['mean', 'median', 'std'] as const) {
      const found = cardinalityStatisticSimilarity(statistic, real, synthetic);
      const wanted = expected.cardinalityStatisticSimilarity[statistic][name]!;
      check.score(`${name} ${statistic}`, found.score, wanted['score']);
      check.score(`${name} ${statistic}, real`, found.real, wanted['real']);
      check.score(`${name} ${statistic}, synthetic`, found.synthetic, wanted['synthetic']);
    }
    const wanted = expected.relationships.find(
      (one) => one.relationship.child_table_name === relationship.child,
    )!;
    check.score(`${name} integrity`, referentialIntegrity(real, synthetic), wanted.referentialIntegrity);
    check.score(
      `${name} boundary`,
      cardinalityBoundaryAdherence(real, synthetic),
      wanted.cardinalityBoundaryAdherence,
    );
  }
}

function checkSequences(
  check: VectorCheck,
  { tables }: LoadedComparison,
  expected: Expected['sequential'],
): void {
  const visits = tables.find(({ name }) => name === 'visits')!;
  const sequences = (side: 'real' | 'synthetic', column: string): Sequences => {
    const table = visits[side];
    const keys = table.columns.get('patient_id')!;
    const variable = toVariable(table.columns.get(column)!);
    if (variable?.kind !== 'continuous') throw new Error(column);
    return sequencesOf(
      Array.from({ length: table.rowCount }, (_, row) => keyText(keys, row)),
      variable.values,
    );
  };
  const lengths = [sequences('real', 'weight'), sequences('synthetic', 'weight')] as const;
  check.score('sequence lengths', sequenceLengthSimilarity(...lengths), expected.SequenceLengthSimilarity);
  for (const column of ['weight', 'systolic_bp'] as const) {
    const both = [sequences('real', column), sequences('synthetic', column)] as const;
    const wanted = expected[column];
    for (const statistic of ['mean', 'median', 'std', 'min', 'max'] as const)
      check.score(
        `${column} ${statistic}`,
        statisticMsas(statistic, ...both),
        wanted.StatisticMSAS[statistic],
      );
    for (const lag of [1, 2] as const)
      check.score(
        `${column} lag ${lag}`,
        interRowMsas(...both, { lag, logarithm: false }),
        wanted.InterRowMSAS[lag],
      );
    check.score(`${column} log`, interRowMsas(...both, { lag: 1, logarithm: true }), wanted.InterRowMSAS_log);
  }
}

describeWithShared('SDMetrics on several tables', 'metric-vectors/relational', (folder) => {
  it('agrees on reports, relationships and sequences', async () => {
    const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
    const loaded = await load(folder);
    const dataset = compareDataset(loaded.tables, loaded.relationships);
    const check = new VectorCheck();
    checkQuality(check, dataset, expected.qualityReport, 'default');
    checkQuality(check, dataset, expected.qualityReportThresholdZero, 'zero');
    checkReport(
      check,
      expected.diagnosticReport,
      diagnosticProperties(dataset).map(({ score }) => score),
    );
    checkValidity(
      check,
      dataset.tables.flatMap(({ validity }) => validity),
      expected.diagnosticReport['Data Validity'],
    );
    checkRelationships(check, dataset, expected);
    checkSequences(check, loaded, expected.sequential);
    check.expectAll('SDMetrics on several tables', 394);
  });
});
