import type { ResourceText } from '../resource-taker.js';

/** Every type after those that it refers to: a bundle that continues another refers to what is already there. */
const order = [
  ...['Organization', 'Location', 'Practitioner', 'PractitionerRole', 'Patient', 'Device', 'Encounter'],
  ...[
    'Condition',
    'AllergyIntolerance',
    'Observation',
    'Procedure',
    'MedicationRequest',
    'MedicationAdministration',
  ],
  ...['Immunization', 'DiagnosticReport', 'ImagingStudy', 'CarePlan', 'DeviceUseStatement', 'SupplyDelivery'],
  ...['DocumentReference', 'Group', 'Provenance'],
];
const ranks = new Map(order.map((type, rank) => [type, rank]));

/** @throws {Error} for a type without a place in the order */
export function loadingRank(type: string): number {
  const rank = ranks.get(type);
  if (rank === undefined) throw new Error(`${type} has no place in the order of loading.`);
  return rank;
}

/** Resources in the order of loading; those of one type stay in theirs. */
export function inLoadingOrder(resources: readonly ResourceText[]): ResourceText[] {
  return [...resources].sort((left, right) => loadingRank(left.type) - loadingRank(right.type));
}
