import { readFileSync } from 'node:fs';
import { loadComparison } from '../../src/commands/evaluate/load-comparison.js';
import { parseSdvMetadata } from '../../src/commands/evaluate/sdv-metadata.js';
import { areaUnderCurve } from '../../src/core/statistics/area-under-curve.js';
import type { Table } from '../../src/core/table/table.js';
import { compareTable } from '../../src/evaluation/fidelity/quality/compared-table.js';
import type { ComparedVariable } from '../../src/evaluation/fidelity/quality/compared-variable.js';
import { tableStructure } from '../../src/evaluation/fidelity/quality/diagnostic-report.js';
import {
  detectionAreas,
  detectionScore,
} from '../../src/evaluation/fidelity/propensity/logistic-detection.js';
import { statisticOf } from '../../src/evaluation/fidelity/columns/statistic-similarity.js';
import {
  baselineProtection,
  closerToTraining,
  overfittingProtection,
} from '../../src/evaluation/privacy/sdmetrics/dcr-scores.js';
import { disclosureProtection } from '../../src/evaluation/privacy/sdmetrics/disclosure-protection.js';
import type { CapMethod } from '../../src/evaluation/privacy/sdmetrics/disclosure-protection.js';
import { distanceToClosest } from '../../src/evaluation/privacy/sdmetrics/distance-to-closest-record.js';
import { newRowSynthesis } from '../../src/evaluation/privacy/sdmetrics/new-row-synthesis.js';
import { describeWithShared } from '../support/shared-data.js';
import { VectorCheck } from './vector-check.js';

interface Expected {
  readonly privacy: Readonly<
    Record<'NewRowSynthesis' | 'NewRowSynthesis_tolerance_0.05', ExpectedNewRows>
  > & {
    readonly DCROverfittingProtection: {
      readonly score: number;
      readonly synthetic_data_percentages: { readonly closer_to_training: number };
    };
    readonly DCRBaselineProtection: {
      readonly score: number;
      readonly median_DCR_to_real_data: {
        readonly synthetic_data: number;
        readonly random_data_baseline: number;
      };
    };
    readonly DisclosureProtection: readonly {
      readonly known: readonly string[];
      readonly sensitive: readonly string[];
      readonly bins: number;
      readonly method: CapMethod;
      readonly result: Readonly<Record<'score' | 'cap_protection' | 'baseline_protection', number>>;
    }[];
    readonly TableStructure: { readonly score: number };
  };
  readonly logisticDetection: {
    readonly score: number;
    readonly foldAuc: readonly number[];
    readonly columns: readonly string[];
  };
}
interface ExpectedNewRows {
  readonly score: number;
  readonly num_new_rows: number;
  readonly num_matched_rows: number;
}

function numbersIn(file: string): number[][] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => line.split(',').map(Number));
}

/** Upstream's random table drew dates as categories; read as dates its distances are the same. */
async function load(
  folder: string,
  synthetic: string,
): Promise<Record<'real' | 'synthetic' | 'holdout', Table>> {
  const file = `${folder}/metadata.json`;
  const metadata = parseSdvMetadata(readFileSync(file, 'utf8'), file);
  const path = (name: string): string => `${folder}/${name}.csv`;
  const paths = { real: path('real'), synthetic: path(synthetic), holdout: path('holdout') };
  const [table] = (await loadComparison(paths, metadata)).tables;
  return { real: table!.real, synthetic: table!.synthetic, holdout: table!.holdout! };
}

function variablesOf(real: Table, synthetic: Table): readonly ComparedVariable[] {
  const metadata = { primaryKey: ['patient_id'] };
  return compareTable({ name: 'table', real, synthetic, metadata }).variables;
}

/** Fitted again in the recorded folds: lbfgs stops early where Newton's method goes on, hence 0.01. */
function checkRefittedDetection(
  folder: string,
  variables: readonly ComparedVariable[],
  expected: Expected['logisticDetection'],
): void {
  const check = new VectorCheck(0.01);
  const foldOf = Uint8Array.from(numbersIn(`${folder}/detection-scores.csv`), ([, fold]) => fold!);
  const used = variables.filter(({ name }) => expected.columns.includes(name));
  const areas = detectionAreas(used, foldOf);
  areas.forEach((area, fold) => {
    check.score(`AUC of fold ${fold}, fitted again`, area, expected.foldAuc[fold]);
  });
  check.score('detection, fitted again', detectionScore(areas), expected.score);
  check.expectAll(`LogisticDetection fitted again, ${folder}`, 4);
}

function checkDetection(check: VectorCheck, folder: string, expected: Expected['logisticDetection']): void {
  const rows = numbersIn(`${folder}/detection-scores.csv`);
  const aucs = [0, 1, 2].map((fold) => {
    const inFold = rows.filter(([, of]) => of === fold);
    return areaUnderCurve(
      Float64Array.from(inFold, ([, , probability]) => probability!),
      inFold.map(([isReal]) => isReal!),
    );
  });
  aucs.forEach((auc, fold) => {
    check.score(`AUC of fold ${fold}`, auc, expected.foldAuc[fold]);
  });
  const separations = aucs.map((auc) => 2 * Math.max(0.5, auc) - 1);
  check.score('detection', 1 - separations.reduce((sum, one) => sum + one, 0) / 3, expected.score);
}

describeWithShared('SDMetrics on privacy', 'metric-vectors', (folder) => {
  it.each([
    ['breast-cancer', 834],
    ['mixed', 1323],
  ])('agrees on %s: distances, new rows, disclosure, detection', async (name, least) => {
    const place = `${folder}/${name}`;
    const { privacy, logisticDetection } = JSON.parse(
      readFileSync(`${place}/expected.json`, 'utf8'),
    ) as Expected;
    const { real, synthetic, holdout } = await load(place, 'synthetic');
    const { synthetic: random } = await load(place, 'random-baseline');
    const check = new VectorCheck();
    const variables = variablesOf(real, synthetic);
    const toReal = distanceToClosest(variables);
    const toHoldout = distanceToClosest(variablesOf(holdout, synthetic));
    numbersIn(`${place}/dcr.csv`).forEach(([wantedReal, wantedHoldout], row) => {
      check.score(`distance of row ${row} to real`, toReal[row]!, wantedReal);
      check.score(`distance of row ${row} to holdout`, toHoldout[row]!, wantedHoldout);
    });
    const overfitting = privacy.DCROverfittingProtection;
    check.score('overfitting', overfittingProtection(toReal, toHoldout), overfitting.score);
    check.score(
      'closer to training',
      closerToTraining(toReal, toHoldout),
      overfitting.synthetic_data_percentages.closer_to_training,
    );
    const randomDistances = distanceToClosest(variablesOf(real, random));
    const { score, median_DCR_to_real_data: medians } = privacy.DCRBaselineProtection;
    check.score('baseline', baselineProtection(toReal, randomDistances), score);
    check.score('median distance', statisticOf('median', toReal), medians.synthetic_data);
    check.score('median at random', statisticOf('median', randomDistances), medians.random_data_baseline);
    for (const [tolerance, wanted] of [
      [0.01, privacy.NewRowSynthesis],
      [0.05, privacy['NewRowSynthesis_tolerance_0.05']],
    ] as const) {
      const found = newRowSynthesis(variables, tolerance);
      check.score(`new rows at ${tolerance}`, found.score, wanted.score);
      check.score(`new rows at ${tolerance}, new`, found.newRows, wanted.num_new_rows);
      check.score(`new rows at ${tolerance}, matched`, found.matchedRows, wanted.num_matched_rows);
    }
    const named = (names: readonly string[]): ComparedVariable[] =>
      names.map((one) => variables.find((variable) => variable.name === one)!);
    privacy.DisclosureProtection.forEach(({ known, sensitive, bins, method, result }, index) => {
      const found = disclosureProtection({ known: named(known), sensitive: named(sensitive), bins, method });
      check.score(`disclosure ${index}`, found.score, result.score);
      check.score(`disclosure ${index}, protection`, found.protection, result.cap_protection);
      check.score(`disclosure ${index}, baseline`, found.baseline, result.baseline_protection);
    });
    check.score('structure', tableStructure(real, synthetic), privacy.TableStructure.score);
    checkRefittedDetection(place, variables, logisticDetection);
    checkDetection(check, place, logisticDetection);
    check.expectAll(`SDMetrics on privacy, ${name}`, least);
  });
});
