import type { DisclosureControl } from '../../../core/profile/profile.js';
import type { DifferencingFinding } from './differencing-finding.js';
import type { PublishedStatistics } from './published-statistics.js';
import { SamePopulation } from './same-population.js';
import { VersionDifferences } from './version-differences.js';

/**
 * What publishing `candidate` beside everything that is public already would let anyone work out about fewer people
 * than `control.cellCountMin`. Publications about other sources are left alone; those about the same version of the
 * source are solved together, those about its other versions are subtracted.
 *
 * Uses published counts, their edges and their rounding, and no knowledge of how edges and pools were chosen.
 */
export function differencingRisk(
  existing: readonly PublishedStatistics[],
  candidate: PublishedStatistics,
  { cellCountMin }: Pick<DisclosureControl, 'cellCountMin'>,
): DifferencingFinding[] {
  const { sourceName, contentHash } = candidate.population;
  const earlier = existing.filter(
    ({ population }) => population.sourceName === sourceName || population.contentHash === contentHash,
  );
  const ofVersion = (hash: string): PublishedStatistics[] =>
    earlier.filter(({ population }) => population.contentHash === hash);
  const same = [...ofVersion(contentHash), candidate];
  const findings = same.length > 1 ? new SamePopulation(same, cellCountMin).findings() : [];
  for (const hash of new Set(earlier.map(({ population }) => population.contentHash))) {
    if (hash === contentHash) continue;
    findings.push(...new VersionDifferences(ofVersion(hash), same, cellCountMin).findings());
  }
  return findings;
}
