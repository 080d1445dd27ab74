import type { ColumnProfile, Profile, WithheldProfile } from '../core/profile/profile.js';
import { NotComputableError } from './not-computable-error.js';

/** @throws {NotComputableError} when the profile does not know the column */
export function profileColumn(profile: Profile, name: string): ColumnProfile {
  const column = profile.columns.find((candidate) => candidate.name === name);
  if (column) return column;
  throw new NotComputableError(`The profile does not know the requested column "${name}".`);
}

/** @throws {NotComputableError} also when the profile says nothing about the column's values */
export function describedColumn(profile: Profile, name: string): Exclude<ColumnProfile, WithheldProfile> {
  const column = profileColumn(profile, name);
  if (column.kind !== 'withheld') return column;
  throw new NotComputableError(`The profile withholds column "${name}" (${column.reason}).`);
}
