import { columnMeasures } from './measures/column-measures.js';
import { jointMeasures } from './measures/joint-measures.js';
import { propensityMeasures } from './measures/propensity-measures.js';
import { recordMeasures } from './measures/record-measures.js';
import { sdmetricsMeasures } from './measures/sdmetrics-measures.js';
import { sequenceMeasures } from './measures/sequence-measures.js';
import type { ReportMeasure } from './report-measure.js';

/** Every measure of the evaluation report, in the order people read them. */
export const reportMeasures: readonly ReportMeasure[] = [
  ...sdmetricsMeasures,
  ...columnMeasures,
  ...jointMeasures,
  ...recordMeasures,
  ...propensityMeasures,
  ...sequenceMeasures,
];
