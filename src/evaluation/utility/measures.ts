import type { Measure } from '../measure.js';
import { modelAgreementMeasures } from './model-agreement-measures.js';
import { trainTestMeasures } from './train-test-measures.js';

/** What models that learned from synthetic records are worth on real ones. */
export const utilityMeasures: readonly Measure[] = [...trainTestMeasures, ...modelAgreementMeasures];
