import type { DatasetPlan } from './plan-dataset.js';
import type { SequencePlaces } from './arrange-rows.js';
import { anchorsOf, boundsOf } from './row-times.js';
import type { PresentTable, PresentTables } from './row-times.js';
import { numbersOf } from './times.js';

/** The times of the rows, as they are learned; NaN where something is not known. */
export interface LearnedTimes {
  readonly time: Float64Array;
  /** From the anchor for the first row of a parent, from the last known time for the others. */
  readonly gap: Float64Array;
  /** Since the anchor: of the row itself, and of the row before. */
  readonly now: Float64Array;
  readonly since: Float64Array;
  /** To the end of the window: from the row before (or the anchor), and from the row itself. */
  readonly room: Float64Array;
  readonly rest: Float64Array;
  /** Times that lay outside their window. */
  readonly outside: number;
}

export function learnedTimes(
  plan: DatasetPlan,
  here: Omit<PresentTable, 'time'> & { readonly sequence: SequencePlaces },
  present: PresentTables,
): LearnedTimes {
  const { clock } = here.plan;
  const empty = (): Float64Array => new Float64Array(here.rowCount).fill(NaN);
  const [time, gap, now, since] = [empty(), empty(), empty(), empty()];
  const [room, rest] = [empty(), empty()];
  const column = clock && here.columns.get(clock.column);
  if (!clock || !column) return { time, gap, now, since, room, rest, outside: 0 };
  const decimals = clock.type === 'number' ? 15 : 0;
  const { low, high } = boundsOf(plan, here, present, { column: clock.column, unit: clock.unit, decimals });
  const isWithoutOwner = here.plan.owners.length === 0;
  const anchors = isWithoutOwner ? new Float64Array(here.rowCount) : anchorsOf(here, present, low);
  const source = numbersOf(column);
  let outside = 0;
  let last = NaN;
  for (let row = 0; row < here.rowCount; row += 1) {
    const anchor = anchors[row] ?? NaN;
    const isFirst = here.sequence.position[row] === 0;
    if (isFirst) last = anchor;
    const found = source[row] ?? NaN;
    const inside = Math.max(Math.min(found, endOr(high[row], Infinity)), endOr(low[row], -Infinity));
    if (inside !== found && !Number.isNaN(found)) outside += 1;
    since[row] = isFirst ? NaN : last - anchor;
    room[row] = (high[row] ?? NaN) - last;
    if (Number.isNaN(inside) || Number.isNaN(last)) continue;
    time[row] = inside;
    gap[row] = inside - last;
    now[row] = inside - anchor;
    rest[row] = (high[row] ?? NaN) - inside;
    last = inside;
  }
  return { time, gap, now, since, room, rest, outside };
}

function endOr(bound: number | undefined, otherwise: number): number {
  return bound === undefined || Number.isNaN(bound) ? otherwise : bound;
}
