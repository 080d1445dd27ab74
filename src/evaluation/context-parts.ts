import type { Profile } from '../core/profile/profile.js';
import type { ColumnSource } from '../core/table/column-source.js';
import type { EvaluationContext } from './evaluation-context.js';
import { NotComputableError } from './not-computable-error.js';

/** @throws {NotComputableError} when the candidate was not made from a profile */
export function profileOf({ profile }: EvaluationContext): Profile {
  return profile ?? lacks('a signed profile');
}

/** @throws {NotComputableError} when the generator saw no real rows */
export function sourceOf({ source }: EvaluationContext): ColumnSource {
  return source ?? lacks('real rows');
}

/** @throws {NotComputableError} when no real rows were held out */
export function holdoutOf({ holdout }: EvaluationContext): ColumnSource {
  return holdout ?? lacks('real rows that were held out');
}

function lacks(part: string): never {
  throw new NotComputableError(`It needs ${part}, which this candidate does not have.`);
}
