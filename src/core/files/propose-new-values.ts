import type { NewIdentifier, NewIdentifierKind } from '../schema/new-identifier.js';
import type { ColumnFeatures } from './column-features.js';
import { nameHints } from './name-hints.js';

/** New values of the kind that an identifier seems to have, each row with its own where the source has it so. */
export function proposeNewValues(features: ColumnFeatures): NewIdentifier {
  return { kind: kindOf(features), unique: features.present > 0 && features.distinct === features.present };
}

function kindOf(features: ColumnFeatures): NewIdentifierKind {
  const { present } = features;
  if (present > 0) {
    if (features.nhsNumbers === present) return 'nhs-number';
    if (features.uuids === present) return 'uuid';
    if (features.emails === present) return 'email';
    if (features.postcodes === present) return 'postcode';
  }
  const { key, personal } = nameHints(features.name);
  if (personal !== null && !key) return personal;
  return features.integers === present && features.leadingZeros === 0 ? 'numeric-key' : 'key';
}
