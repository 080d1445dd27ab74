import type { CategoricalProfile } from '../core/profile/profile.js';

/**
 * For each entry of a dictionary its place in the profile's categories. What the profile pooled is one place after
 * the last; so is "(other)" itself, which is how a generator writes a pooled value.
 */
export function publishedCodes(profile: CategoricalProfile, dictionary: readonly string[]): Int32Array {
  const places = new Map(profile.categories.map(({ value }, place) => [value, place]));
  return Int32Array.from(dictionary, (value) => places.get(value) ?? profile.categories.length);
}
