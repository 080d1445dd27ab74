import type { ColumnProfile, Profile, WithheldProfile } from '../../../core/profile/profile.js';
import { countText, percentText, plural } from '../../figure.js';
import { reasonWords } from './describe-column.js';

/**
 * What leaves the real zone when this profile is signed, in one paragraph for information governance. Made from the
 * profile alone, so it can say nothing that the profile does not.
 */
export function describeProfile(profile: Profile): string {
  const { columns } = profile;
  return [
    opening(profile),
    numericSentence(profile),
    categorySentence(columns),
    ...withheldSentences(columns),
    missingSentence(profile),
    roundingSentence(profile),
    'No row, no raw minimum or maximum and no relation between columns is in it.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function opening({ rows, columns }: Profile): string {
  const size = `about ${plural(rows, 'record')} in ${plural(columns.length, 'column')}`;
  return `What leaves the real zone is a set of counts, each over one column at a time, of a source of ${size}.`;
}

function numericSentence({ columns, disclosureControl }: Profile): string {
  const numeric = columns.filter((column) => column.kind === 'numeric');
  if (numeric.length === 0) return '';
  const bins = numeric.reduce((sum, { counts }) => sum + counts.length, 0);
  const has = numeric.length === 1 ? 'has' : 'have';
  const tail = percentText(disclosureControl.tailShare);
  return (
    `${plural(numeric.length, 'column')} of numbers or dates ${has} a count for each of ${plural(bins, 'range')} in all ` +
    `(${names(numeric)}); the outermost ranges also hold what lies beyond them, and at least ${tail} of the ` +
    `records, never fewer than ${disclosureControl.cellCountMin}, lie at or beyond each outer bound.`
  );
}

function categorySentence(columns: readonly ColumnProfile[]): string {
  const categorical = columns.filter((column) => column.kind === 'categorical');
  if (categorical.length === 0) return '';
  const named = categorical.reduce((sum, { categories }) => sum + categories.length, 0);
  const pooled = categorical.filter(({ pooledCount }) => pooledCount > 0);
  const has = categorical.length === 1 ? 'names' : 'name';
  const first = `${plural(categorical.length, 'column')} of categories ${has} ${plural(named, 'category', 'categories')} with a count each (${names(categorical)}).`;
  if (pooled.length === 0) return `${first} No category was pooled.`;
  const records = pooled.reduce((sum, { pooledCount }) => sum + pooledCount, 0);
  return `${first} Rarer categories are not named but pooled in ${names(pooled)}: ${plural(records, 'record')} in all.`;
}

function withheldSentences(columns: readonly ColumnProfile[]): string[] {
  const withheld = columns.filter((column) => column.kind === 'withheld');
  const reasons: WithheldProfile['reason'][] = ['identifier', 'free-text', 'too-few-values'];
  return reasons.flatMap((reason) => {
    const those = withheld.filter((column) => column.reason === reason);
    if (those.length === 0) return [];
    const what =
      those.length === 1
        ? 'the values of one column are'
        : `the values of ${countText(those.length)} columns are`;
    return [`Withheld, because ${reasonWords(reason)}: ${what} not described at all (${names(those)}).`];
  });
}

function missingSentence({ columns, disclosureControl }: Profile): string {
  const suppressed = columns.filter(({ missingCount }) => missingCount === null);
  if (suppressed.length === 0) return 'How many values are missing is said of every column.';
  const why = `between 1 and ${disclosureControl.cellCountMin - 1} are`;
  return `How many values are missing is suppressed for ${names(suppressed)}, where ${why}, and said of the others.`;
}

function roundingSentence({ disclosureControl: { cellCountMin, countRounding } }: Profile): string {
  const floor = `No count rests on fewer than ${plural(cellCountMin, 'record')}`;
  if (countRounding === 1) return `${floor}; counts are exact.`;
  return `${floor}, and every count is rounded to a multiple of ${countText(countRounding)}, so that none is exact.`;
}

function names(columns: readonly ColumnProfile[]): string {
  return columns.map(({ name }) => name).join(', ');
}
