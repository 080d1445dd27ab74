import type { Exposure } from './life.js';

/** Days without an exposure after which an era has ended: OHDSI's persistence window, for conditions and for drugs. */
const persistenceDays = 30;

/** Days since 1970. */
export interface Era {
  readonly concept: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Exposures or occurrences in it. */
  readonly count: number;
  /** Days within it that no exposure covers. */
  readonly gapDays: number;
}

/** Exposures to one concept that are at most 30 days apart, put together; by concept, then in the order of time. */
export function erasOf(exposures: readonly Exposure[]): Era[] {
  const sorted = [...exposures].sort(
    (left, right) =>
      left.concept - right.concept || left.firstDay - right.firstDay || left.lastDay - right.lastDay,
  );
  const eras: Era[] = [];
  for (const { concept, firstDay, lastDay } of sorted) {
    const last = eras.at(-1);
    if (last?.concept !== concept || firstDay - last.lastDay > persistenceDays) {
      eras.push({ concept, firstDay, lastDay, count: 1, gapDays: 0 });
      continue;
    }
    eras[eras.length - 1] = {
      concept,
      firstDay: last.firstDay,
      lastDay: Math.max(last.lastDay, lastDay),
      count: last.count + 1,
      gapDays: last.gapDays + Math.max(0, firstDay - last.lastDay - 1),
    };
  }
  return eras;
}
