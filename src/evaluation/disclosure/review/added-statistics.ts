import type {
  ColumnProfile,
  DisclosureControl,
  NumericProfile,
  Profile,
} from '../../../core/profile/profile.js';
import { plural } from '../../figure.js';
import { describeColumn } from './describe-column.js';
import { stricter } from './policy-findings.js';

/** Something a profile says that the one before did not, or says more finely: a decision of its own. */
export interface AddedStatistic {
  /** What a person names it by: "column age", "rule countRounding". The same statistic has the same name. */
  readonly statistic: string;
  /** A sentence for the person who decides. */
  readonly why: string;
}

/**
 * What is new from the last signed profile to this one (UCLH framework 8.3: each aggregate statistic is approved for
 * release). Coarser statistics can be had from those that were signed, and changed counts are the same statistic of
 * other records (differencing looks at those): neither is new.
 */
export function addedStatistics(before: Profile, after: Profile): AddedStatistic[] {
  const { cellCountMin } = after.disclosureControl;
  const columns = after.columns.flatMap((column): AddedStatistic[] => {
    const earlier = before.columns.find(({ name }) => name === column.name);
    const news =
      earlier === undefined ? [`new: ${describeColumn(column, cellCountMin)}`] : newIn(earlier, column);
    if (news.length === 0) return [];
    return [{ statistic: `column ${column.name}`, why: `Column ${column.name}: ${news.join('; ')}.` }];
  });
  return [...laxerRules(before.disclosureControl, after.disclosureControl), ...columns];
}

/** A laxer rule makes every figure finer at once. */
function laxerRules(before: DisclosureControl, after: DisclosureControl): AddedStatistic[] {
  const rules = Object.keys(stricter) as (keyof DisclosureControl)[];
  return rules.flatMap((rule) => {
    const [then, now] = [before[rule], after[rule]];
    const isLaxer = stricter[rule] === 'higher' ? now < then : now > then;
    const why = `The rule ${rule} was ${then} and is ${now}: all that the profile says may be finer.`;
    return isLaxer ? [{ statistic: `rule ${rule}`, why }] : [];
  });
}

function newIn(before: ColumnProfile, after: ColumnProfile): string[] {
  return [...newValues(before, after), ...newMissing(before, after)];
}

function newMissing(before: ColumnProfile, after: ColumnProfile): string[] {
  if (before.missingCount !== null || after.missingCount === null) return [];
  return ['the number of missing values is said, which was suppressed'];
}

function newValues(before: ColumnProfile, after: ColumnProfile): string[] {
  if (after.kind === 'withheld') return [];
  if (before.kind === 'withheld') return ['its values are described, which were withheld'];
  if (after.kind === 'numeric') {
    return before.kind === 'numeric' ? newRanges(before, after) : ['its values are counted as numbers'];
  }
  if (before.kind === 'numeric') return ['its values are counted as categories'];
  const named = new Set(before.categories.map(({ value }) => value));
  const fresh = after.categories.filter(({ value }) => !named.has(value));
  return fresh.length === 0
    ? []
    : [
        `${plural(fresh.length, 'category', 'categories')} named that ${fresh.length === 1 ? 'was' : 'were'} not`,
      ];
}

/** Ranges between old borders are sums of old ranges; a new border says something that no sum does. */
function newRanges(before: NumericProfile, after: NumericProfile): string[] {
  const known = new Set(before.edges);
  const borders = after.edges.filter((edge) => !known.has(edge));
  const finer = after.decimals > before.decimals ? ['its values have more digits'] : [];
  if (borders.length === 0) return finer;
  const what = plural(borders.length, 'border of a range', 'borders of ranges');
  return [...finer, `${what} where there ${borders.length === 1 ? 'was' : 'were'} none`];
}
