import { profileSmallCells } from './disclosure/profile-small-cells.js';
import { univariateSimilarity } from './fidelity/univariate-similarity.js';
import type { Measure } from './measure.js';
import { exactCopiesAboveChance } from './privacy/exact-copies-above-chance.js';
import { privacyMeasures } from './privacy/measures.js';
import { groupMeasures } from './groups/measures.js';
import { plausibilityMeasures } from './plausibility/measures.js';
import { utilityMeasures } from './utility/measures.js';
import { schemaValidity } from './validity/schema-validity.js';
import { syntheticLabel } from './validity/synthetic-label.js';

/** Every check there is, in the order people read them. */
export const measures: readonly Measure[] = [
  schemaValidity,
  profileSmallCells,
  exactCopiesAboveChance,
  ...privacyMeasures,
  univariateSimilarity,
  ...utilityMeasures,
  ...groupMeasures,
  ...plausibilityMeasures,
  syntheticLabel,
];

/** Those that look at what people declared about the data. */
export const declaredMeasures: readonly Measure[] = measures.filter(
  ({ description }) => description !== undefined,
);
