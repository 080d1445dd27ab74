import { percentText, plural } from '../../figure.js';
import type { PrivacyFinding } from '../privacy-measure.js';
import { privacyMeasure } from '../privacy-measure.js';
import { keyExcess } from './key-excess.js';

/** A combination that fewer people have than this is rare when the policy gives no smallest count. */
const rareBelow = 10;

/** Unique people whose combination is unique in the candidate too (synthpop's repU), beyond people never seen. */
export const replicatedUniques = privacyMeasure({
  name: 'replicated-uniques',
  title: 'Unique people are not unique again',
  version: '1',
  find: (compared) =>
    judge(
      keyExcess(compared, (real, synthetic) => real === 1 && synthetic === 1),
      'the person is the only one with a combination of three values, and so is one synthetic row',
    ),
});

/** People whose combination few synthetic rows share: 1 to k - 1 of them (k-map), beyond people never seen. */
export const kMap = privacyMeasure({
  name: 'k-map',
  title: 'A combination of values leads to many synthetic rows or none',
  version: '1',
  find: (compared, { cellCountFloor = rareBelow }) =>
    judge(
      keyExcess(compared, (_, synthetic) => synthetic >= 1 && synthetic < cellCountFloor),
      `a combination of three values of the person leads to fewer than ${cellCountFloor} synthetic rows, but some`,
    ),
});

/** Rare combinations, of 1 to k - 1 real people, that reappear in the candidate, beyond those of people never seen. */
export const rareCombinations = privacyMeasure({
  name: 'rare-combinations',
  title: 'Rare combinations of values do not reappear',
  version: '1',
  find: (compared, { cellCountFloor = rareBelow }) =>
    judge(
      keyExcess(compared, (real, synthetic) => real < cellCountFloor && synthetic > 0),
      `fewer than ${cellCountFloor} people share a combination of three values and it reappears`,
    ),
});

/** The value is the lower end of the interval. */
function judge(
  { train, holdout, interval, sets }: ReturnType<typeof keyExcess>,
  what: string,
): PrivacyFinding {
  const explanation =
    `Over ${plural(sets, 'set')} of columns: ${what} in ${percentText(train)} of cases for people learned from and in ` +
    `${percentText(holdout)} for people never seen. Only the difference can come from having been learned from.`;
  return { value: Math.max(0, interval.low), interval, explanation };
}
