import type { ColumnProfile } from '../../../core/profile/profile.js';
import type { PublishedStatistics } from './published-statistics.js';

/** The type the last publication that describes the column gives it: how its values are written in words. */
export function typeOfColumn(
  publications: readonly PublishedStatistics[],
  name: string,
): ColumnProfile['type'] {
  const columns = publications.flatMap((one) => one.columns.filter((column) => column.name === name));
  return (columns.findLast(({ kind }) => kind !== 'withheld') ?? columns.at(-1))?.type ?? 'free-text';
}
