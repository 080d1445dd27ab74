import { privacyMeasures } from './privacy/measures.js';
import { recordMeasures } from './records/measures.js';

const always = ['schema-validity', 'synthetic-label'] as const;

/** No policy leaves these out: without them nobody has looked at what the tier is about. */
export const mandatoryChecks: Readonly<Record<'STRUCTURAL' | 'LOW' | 'HIGH', readonly string[]>> = {
  STRUCTURAL: always,
  LOW: [...always, 'profile-small-cells', 'exact-copies-above-chance'],
  HIGH: [...always, ...privacyMeasures.map(({ name }) => name)],
};

/** Of records that were simulated by rules: each asks for something that is either so or not. */
export const mandatoryRecordChecks: readonly string[] = recordMeasures.map(({ name }) => name);
