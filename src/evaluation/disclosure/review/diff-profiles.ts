import type { ColumnProfile, DisclosureControl, Profile } from '../../../core/profile/profile.js';
import { countText, plural } from '../../figure.js';
import { describeColumn } from './describe-column.js';
import { figuresOf } from './figures-of.js';

interface ChangedFigure {
  /** "range 40 to under 45", "category F", "missing". */
  readonly figure: string;
  /** Null when the figure was not said; a suppressed count is said as null too. */
  readonly before: number | null;
  readonly after: number | null;
}

interface ColumnDifference {
  readonly column: string;
  /** What is now said that was not: each a decision of its own. */
  readonly added: readonly ChangedFigure[];
  readonly removed: readonly ChangedFigure[];
  readonly changed: readonly ChangedFigure[];
}

/** What has changed from one profile to the next, as structure and in words. */
export interface ProfileDifference {
  readonly rows: { readonly before: number; readonly after: number };
  readonly isOtherVersionOfSource: boolean;
  readonly control: readonly {
    readonly rule: keyof DisclosureControl;
    readonly before: number;
    readonly after: number;
  }[];
  readonly columnsAdded: readonly string[];
  readonly columnsRemoved: readonly string[];
  /** Only columns that differ. */
  readonly columns: readonly ColumnDifference[];
  /** One sentence a change; a single one when nothing has changed. */
  readonly sentences: readonly string[];
}

export function diffProfiles(before: Profile, after: Profile): ProfileDifference {
  const missingFrom = (one: Profile, other: Profile): ColumnProfile[] =>
    one.columns.filter(({ name }) => !other.columns.some((column) => column.name === name));
  const added = missingFrom(after, before);
  const removed = missingFrom(before, after);
  const difference = {
    rows: { before: before.rows, after: after.rows },
    isOtherVersionOfSource: before.sourceHash !== after.sourceHash,
    control: controlChanges(before.disclosureControl, after.disclosureControl),
    columnsAdded: added.map(({ name }) => name),
    columnsRemoved: removed.map(({ name }) => name),
    columns: after.columns.flatMap((column) => {
      const earlier = before.columns.find(({ name }) => name === column.name);
      return earlier === undefined ? [] : columnDifference(earlier, column);
    }),
  };
  return { ...difference, sentences: sentencesOf(difference, added, after.disclosureControl) };
}

function controlChanges(before: DisclosureControl, after: DisclosureControl): ProfileDifference['control'] {
  const rules = Object.keys(after) as (keyof DisclosureControl)[];
  return rules
    .filter((rule) => before[rule] !== after[rule])
    .map((rule) => ({ rule, before: before[rule], after: after[rule] }));
}

function columnDifference(before: ColumnProfile, after: ColumnProfile): ColumnDifference[] {
  const [then, now] = [figuresOf(before), figuresOf(after)];
  const added = [...now].filter(([figure]) => !then.has(figure));
  const removed = [...then].filter(([figure]) => !now.has(figure));
  const changed = [...now].flatMap(([figure, count]): ChangedFigure[] => {
    const earlier = then.get(figure);
    return earlier === undefined || earlier === count ? [] : [{ figure, before: earlier, after: count }];
  });
  if (added.length + removed.length + changed.length === 0) return [];
  return [
    {
      column: after.name,
      added: added.map(([figure, count]) => ({ figure, before: null, after: count })),
      removed: removed.map(([figure, count]) => ({ figure, before: count, after: null })),
      changed,
    },
  ];
}

function sentencesOf(
  difference: Omit<ProfileDifference, 'sentences'>,
  added: readonly ColumnProfile[],
  { cellCountMin }: DisclosureControl,
): string[] {
  const { rows, control, columnsRemoved, columns, isOtherVersionOfSource } = difference;
  const sentences = [
    ...(isOtherVersionOfSource ? ['The two profiles are of different versions of the source.'] : []),
    ...(rows.before === rows.after
      ? []
      : [`The number of rows was ${countText(rows.before)} and is ${countText(rows.after)}.`]),
    ...control.map(({ rule, before, after }) => `The rule ${rule} was ${before} and is ${after}.`),
    ...added.map((column) => `New column ${describeColumn(column, cellCountMin)}.`),
    ...columnsRemoved.map((name) => `Column ${name} is no longer in it.`),
    ...columns.map(columnSentence),
  ];
  return sentences.length === 0 ? ['The two profiles say the same.'] : sentences;
}

function columnSentence({ column, added, removed, changed }: ColumnDifference): string {
  const parts = [
    ...(added.length === 0 ? [] : [`${plural(added.length, 'figure')} added (${few(added)})`]),
    ...(removed.length === 0 ? [] : [`${plural(removed.length, 'figure')} removed (${few(removed)})`]),
    ...(changed.length === 0 ? [] : [`${plural(changed.length, 'count')} changed (${few(changed)})`]),
  ];
  return `Column ${column}: ${parts.join(', ')}.`;
}

const shown = 3;

/** The first few; all of them are in the structure. */
function few(figures: readonly ChangedFigure[]): string {
  const words = figures.slice(0, shown).map(({ figure, before, after }) => {
    const [then, now] = [before, after].map((count) => (count === null ? 'none' : countText(count)));
    return `${figure}: ${then ?? ''} to ${now ?? ''}`;
  });
  return figures.length > shown ? `${words.join('; ')}; and more` : words.join('; ');
}
