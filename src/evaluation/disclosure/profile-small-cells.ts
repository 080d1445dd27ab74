import { disclosedCount } from '../../core/profile/disclosed-count.js';
import type { ColumnProfile } from '../../core/profile/profile.js';
import { profileOf, sourceOf } from '../context-parts.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { countText, plural } from '../figure.js';
import type { Measure } from '../measure.js';
import { profileColumn } from '../profile-column.js';
import { recountColumn } from './recount-column.js';

/** One figure of the profile: what it says and, when it was counted again, what the source says. */
interface Figure {
  readonly column: string;
  readonly published: number;
  /** Counted in the source, for columns that were requested. */
  readonly actual?: number;
  readonly mayBeZero: boolean;
}

interface Floor {
  readonly actualMin: number;
  readonly publishedMin: number;
}

/**
 * How many figures of the profile rest on fewer records than the floor: first by what the profile itself says, then
 * by counting the requested columns again in the source, since a rounded or wrong count can hide a small one.
 */
export const profileSmallCells: Measure = {
  name: 'profile-small-cells',
  title: 'Every figure rests on enough records',
  direction: 'lower',
  async run(context) {
    const { disclosureControl } = profileOf(context);
    const floor = Math.max(disclosureControl.cellCountMin, context.cellCountFloor ?? 0);
    const figures = await figuresOf(context);
    const { countRounding } = disclosureControl;
    // A count at the floor may be published as less: 12 rounded to fives is 10. The recount has no such slack.
    const publishedMin = Math.min(floor, disclosedCount(floor, { cellCountMin: floor, countRounding }));
    const small = figures.filter((figure) => isSmall(figure, { actualMin: floor, publishedMin }));
    const explanation = smallCellsText(small, figures.length, floor);
    return { value: small.length, direction: 'lower', explanation };
  },
};

/**
 * Zero is allowed where it says that there is no such thing at all (nothing missing, nothing pooled), and then the
 * source must agree: a zero that hides a few is found by subtraction. A category or bin of zero rests on nobody.
 */
function isSmall({ published, actual, mayBeZero }: Figure, floor: Floor): boolean {
  if (published === 0 && mayBeZero) return (actual ?? 0) !== 0;
  return !(published >= floor.publishedMin && (actual ?? Infinity) >= floor.actualMin);
}

async function figuresOf(context: EvaluationContext): Promise<Figure[]> {
  const { schema, signal } = context;
  const [profile, source] = [profileOf(context), sourceOf(context)];
  const requested = new Set(schema.columns.map(({ name }) => name));
  for (const name of requested) profileColumn(profile, name); // A column that the profile lacks cannot be counted.
  const figures: Figure[] = [
    { column: 'all rows', published: profile.rows, actual: source.rowCount, mayBeZero: false },
  ];
  for (const column of profile.columns) {
    signal?.throwIfAborted();
    // A withheld column's counts are hidden in the row count on purpose, and its values are not read.
    const isRecounted = requested.has(column.name) && column.kind !== 'withheld';
    const recounted = isRecounted ? recountColumn(column, await source.column(column.name)) : [];
    for (const [place, { count, mayBeZero }] of publishedCounts(column).entries()) {
      if (count === null) continue; // Suppressed: no figure was published.
      const figure = { column: column.name, published: count, mayBeZero };
      const actual = recounted[place];
      figures.push(actual === undefined ? figure : { ...figure, actual });
    }
  }
  return figures;
}

/** In the order of `recountColumn`. */
function publishedCounts(column: ColumnProfile): { count: number | null; mayBeZero: boolean }[] {
  const zero = (count: number | null): { count: number | null; mayBeZero: boolean } => ({
    count,
    mayBeZero: true,
  });
  const floor = (count: number): { count: number; mayBeZero: boolean } => ({ count, mayBeZero: false });
  const whole = [zero(column.missingCount), zero(column.count)];
  switch (column.kind) {
    case 'numeric':
      return [...whole, ...column.counts.map(floor)];
    case 'categorical':
      return [...whole, ...column.categories.map(({ count }) => floor(count)), zero(column.pooledCount)];
    case 'withheld':
      return whole;
  }
}

function smallCellsText(small: readonly Figure[], figures: number, floor: number): string {
  const all = `the ${plural(figures, 'figure')} in the profile`;
  if (small.length === 0) {
    return `Each of ${all} rests on at least ${countText(floor)} records, counted again in the source.`;
  }
  const perColumn = new Map<string, number>();
  for (const { column } of small) perColumn.set(column, (perColumn.get(column) ?? 0) + 1);
  const where = [...perColumn].map(([column, count]) => `${column} (${countText(count)})`).join(', ');
  const rest = small.length === 1 ? 'rests' : 'rest';
  return `${countText(small.length)} of ${all} ${rest} on fewer than ${countText(floor)} records: ${where}.`;
}
