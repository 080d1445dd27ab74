import type { DisclosureControl, Profile } from '../../../core/profile/profile.js';
import type { CheckStatus } from '../../check.js';
import { cellWords } from '../differencing/cell-words.js';
import { differencingRisk } from '../differencing/differencing-risk.js';
import { publishedStatistics } from '../differencing/published-statistics.js';
import type { PublishedStatistics } from '../differencing/published-statistics.js';
import { addedStatistics } from './added-statistics.js';
import type { AddedStatistic } from './added-statistics.js';
import { derivableFindings } from './derivable-findings.js';
import { describeColumn } from './describe-column.js';
import { describeProfile } from './describe-profile.js';
import { diffProfiles } from './diff-profiles.js';
import type { ProfileDifference } from './diff-profiles.js';
import type { DisclosureFinding } from './disclosure-finding.js';
import { figureFindings } from './figure-findings.js';
import { policyFindings } from './policy-findings.js';

export interface ProfileUnderReview {
  readonly profile: Profile;
  readonly hash: string;
  readonly sourceName: string;
  /** Everything signed or released before, of any source; withdrawn ones too, as the world has seen them. */
  readonly earlier: readonly PublishedStatistics[];
  /** The last profile signed of the same source. */
  readonly lastSigned?: Profile;
}

/** What information governance reads before it signs a profile. */
export interface DisclosureReview {
  /** The worst of the findings. A profile that fails is not signed. */
  readonly status: CheckStatus;
  /** What leaves the real zone, in one paragraph. */
  readonly description: string;
  /** The same column by column. */
  readonly columns: readonly string[];
  /** Fails first. */
  readonly findings: readonly DisclosureFinding[];
  /** Null when no profile of the source was signed before. */
  readonly difference: ProfileDifference | null;
  /** Each to be decided on by its name. None when no profile of the source was signed before: all of it is new. */
  readonly added: readonly AddedStatistic[];
}

export function reviewProfile(review: ProfileUnderReview, policy: DisclosureControl): DisclosureReview {
  const { profile, hash, sourceName, earlier, lastSigned } = review;
  const statistics = publishedStatistics(profile, { hash, kind: 'profile', sourceName });
  const found = [
    ...policyFindings(profile, policy),
    ...figureFindings(profile, policy),
    ...derivableFindings(statistics),
    ...differencingFindings(statistics, earlier, policy),
  ];
  const [fails, others] = [found.filter(isFail), found.filter((finding) => !isFail(finding))];
  return {
    status: fails.length > 0 ? 'fail' : others.length > 0 ? 'review' : 'pass',
    description: describeProfile(profile),
    columns: profile.columns.map((column) => describeColumn(column, profile.disclosureControl.cellCountMin)),
    findings: [...fails, ...others],
    difference: lastSigned === undefined ? null : diffProfiles(lastSigned, profile),
    added: lastSigned === undefined ? [] : addedStatistics(lastSigned, profile),
  };
}

const isFail = ({ status }: DisclosureFinding): boolean => status === 'fail';

function differencingFindings(
  statistics: PublishedStatistics,
  earlier: readonly PublishedStatistics[],
  policy: DisclosureControl,
): DisclosureFinding[] {
  return differencingRisk(earlier, statistics, policy).map(
    ({ rule, status, column, cell, publications, why }) => ({
      rule,
      status,
      column,
      figure: cellWords(
        column,
        cell,
        statistics.columns.find(({ name }) => name === column)?.type ?? 'number',
      ),
      publications: publications.filter((hash) => hash !== statistics.hash),
      why,
    }),
  );
}
