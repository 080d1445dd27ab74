/** One kind of evidence: where it is worked out and what holds it to its definition. Null: there is none yet. */
interface EvidenceKind {
  readonly what: string;
  readonly code: string | null;
  /** Files of tests, and of references where there are any. */
  readonly tests: readonly string[];
}

const kind = (what: string, code: string | null, ...tests: string[]): EvidenceKind => ({ what, code, tests });
const [vectors, privacy, utility] = ['test/vectors', 'src/evaluation/privacy', 'src/evaluation/utility'];
const fidelity = 'src/evaluation/fidelity';

/** Everything that evidence is to consist of, done or not. */
export const measureList: readonly EvidenceKind[] = [
  kind(
    'SDMetrics of one table, quality report',
    `${fidelity}/quality/quality-report.ts`,
    `${vectors}/sdmetrics-single-table.test.ts`,
  ),
  kind(
    'SDMetrics diagnostic report',
    `${fidelity}/quality/diagnostic-report.ts`,
    `${vectors}/sdmetrics-single-table.test.ts`,
  ),
  kind(
    'Both thresholds, own and fixed edges',
    `${fidelity}/quality/pair-trend.ts`,
    `${vectors}/sdmetrics-single-table.test.ts`,
  ),
  kind('Edge cases of SDMetrics', `${fidelity}/columns/shape.ts`, `${vectors}/sdmetrics-edge-cases.test.ts`),
  kind(
    'SDMetrics of several tables',
    `${fidelity}/relational/dataset-reports.ts`,
    `${vectors}/sdmetrics-relational.test.ts`,
  ),
  kind(
    'SDMetrics of sequences',
    `${fidelity}/sequences/sequence-scores.ts`,
    `${vectors}/sdmetrics-relational.test.ts`,
  ),
  kind(
    'SDMetrics privacy (DCR, disclosure, new rows)',
    `${privacy}/sdmetrics/dcr-scores.ts`,
    `${vectors}/sdmetrics-privacy.test.ts`,
  ),
  kind(
    'SDMetrics LogisticDetection',
    `${fidelity}/propensity/logistic-detection.ts`,
    `${vectors}/sdmetrics-privacy.test.ts`,
  ),
  kind('SDMetrics classifier efficacy by its own recipe', null),
  kind(
    'mostlyai-qa accuracy of one, two and three columns',
    `${fidelity}/accuracy/table-accuracy.ts`,
    `${vectors}/mostlyai-qa.test.ts`,
  ),
  kind(
    'mostlyai-qa coherence of sequences',
    `${fidelity}/sequences/coherence.ts`,
    `${fidelity}/sequences/coherence.test.ts`,
  ),
  kind(
    'k-marginal and equivalent sub-sample',
    `${fidelity}/similarity/k-marginal.ts`,
    `${fidelity}/similarity/similarity.test.ts`,
  ),
  kind(
    'Multivariate Hellinger distance',
    `${fidelity}/similarity/multivariate-hellinger.ts`,
    `${fidelity}/similarity/similarity.test.ts`,
  ),
  kind(
    'Matrices of correlation, Cramer, correlation ratio',
    `${fidelity}/similarity/associations.ts`,
    `${fidelity}/similarity/similarity.test.ts`,
  ),
  kind(
    'PCA on one basis',
    `${fidelity}/similarity/principal-components.ts`,
    `${fidelity}/similarity/similarity.test.ts`,
  ),
  kind(
    'Voas-Williamson statistic',
    `${fidelity}/similarity/voas-williamson.ts`,
    `${fidelity}/similarity/similarity.test.ts`,
  ),
  kind(
    'Propensity: logistic',
    `${fidelity}/propensity/propensity.ts`,
    'src/evaluation/evaluate.test.ts',
    'test/evaluate/evaluate-command.test.ts',
  ),
  kind(
    'Propensity: CART and boosting, null by permutation',
    `${fidelity}/propensity/tree-propensity.ts`,
    `${fidelity}/propensity/tree-propensity.test.ts`,
  ),
  kind(
    'Collisions against the chance rate',
    `${privacy}/exact-copies-above-chance.ts`,
    `${privacy}/exact-copies-above-chance.test.ts`,
  ),
  kind('TSTR, TRTR, TRTS with intervals', `${utility}/train-test.ts`, `${utility}/train-test.test.ts`),
  kind('AUC, F1, Brier, calibration slope', `${utility}/scores/judge.ts`, `${utility}/scores/scores.test.ts`),
  kind(
    'Grid of random forests (1,000 rows)',
    `${utility}/cross-validation.ts`,
    `${utility}/model-agreement.test.ts`,
  ),
  kind('Overlap of coefficients', `${utility}/coefficients.ts`, `${utility}/model-agreement.test.ts`),
  kind('Leave one variable out', `${utility}/leave-one-out.ts`, `${utility}/model-agreement.test.ts`),
  kind('Agreement of importances', `${utility}/importances.ts`, `${utility}/model-agreement.test.ts`),
  kind('Augmentation', `${utility}/augmentation.ts`, `${utility}/model-agreement.test.ts`),
  kind(
    'Exact and near copies beside the holdout',
    `${privacy}/copies/exact-copies-above-holdout.ts`,
    `${privacy}/distances/distances.test.ts`,
    'test/attacks/planted-leaks.test.ts',
  ),
  kind(
    'DCR, NNDR, IMS with intervals',
    `${privacy}/distances/nearest-neighbour-ratio.ts`,
    `${privacy}/distances/distances.test.ts`,
  ),
  kind(
    "Anonymeter's three attacks",
    `${privacy}/anonymeter/judged-attack.ts`,
    `${vectors}/anonymeter.test.ts`,
    `${privacy}/anonymeter/attacks.test.ts`,
  ),
  kind(
    'Membership by distance, calibrated, by density (DOMIAS)',
    `${privacy}/membership/by-density.ts`,
    'test/attacks/planted-leaks.test.ts',
  ),
  kind(
    'Shadow models and audit of epsilon',
    `${privacy}/shadow/dp-audit.ts`,
    `${privacy}/shadow/shadow.test.ts`,
    'test/attacks/planted-leaks.test.ts',
  ),
  kind(
    'k-map, unique and rare combinations, outliers, attributes',
    `${privacy}/reproduction/combinations.ts`,
    `${privacy}/reproduction/reproduction.test.ts`,
  ),
  kind(
    'Groups of people: size, likeness, models',
    'src/evaluation/groups/measures.ts',
    'src/evaluation/groups/groups.test.ts',
  ),
  kind(
    'Clinical rules',
    'src/evaluation/plausibility/measures.ts',
    'src/evaluation/plausibility/plausibility.test.ts',
  ),
  kind(
    'Checks of a release that declares its use',
    'src/modules/evaluations/demanded-checks.ts',
    'src/modules/evaluations/demanded-checks.test.ts',
    'test/stories/each-tier-has-its-own-way.test.ts',
  ),
  kind(
    'Report as HTML',
    'src/evaluation/report/html/report-html.ts',
    'test/evaluate/report-is-accessible.test.ts',
  ),
  kind('Report as PDF', 'src/evaluation/report/pdf/report-pdf.ts', 'test/evaluate/report-pdf.test.ts'),
  kind(
    'Report of a candidate in the service (HTML, JSON, PDF)',
    'src/modules/evidence-reports/candidate-report.ts',
    'test/stories/impact-assessments-gate-tier-high.test.ts',
  ),
  kind(
    'Comparison of generators on the command line',
    'src/evaluation/comparison/compare-models.ts',
    'src/evaluation/comparison/compare-models.test.ts',
    'test/evaluate/compare-models.test.ts',
  ),
  kind('Comparison of generators as a job of the service', null),
  kind(
    'Odd tables: a figure or a reason everywhere in the report, and from every check',
    'src/evaluation/evaluate.ts',
    'src/evaluation/every-check-of-odd-tables.test.ts',
    'src/evaluation/privacy/edge-cases.test.ts',
    'test/evaluate/odd-tables.test.ts',
  ),
];
