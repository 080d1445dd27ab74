import { disclosedCount } from '../../../core/profile/disclosed-count.js';
import type { ColumnProfile, DisclosureControl, Profile } from '../../../core/profile/profile.js';
import { countText } from '../../figure.js';
import type { DisclosureFinding } from './disclosure-finding.js';
import { figuresOf } from './figures-of.js';

/** Zero says that there is nobody of the kind at all, and was meant to. */
const mayBeZero = new Set(['present', 'missing']);

/** Minimum cell, zeros, rounding and class disclosure over what the profile itself says. */
export function figureFindings(profile: Profile, policy: DisclosureControl): DisclosureFinding[] {
  const rows = figureFinding('all rows', profile.rows, policy);
  return [
    ...(rows === null ? [] : [{ ...rows, column: null }]),
    ...profile.columns.flatMap((column) => [...columnFindings(column, policy), ...classDisclosure(column)]),
  ];
}

function columnFindings(column: ColumnProfile, policy: DisclosureControl): DisclosureFinding[] {
  return [...figuresOf(column)].flatMap(([figure, count]) => {
    if (count === null || (count === 0 && mayBeZero.has(figure))) return [];
    const found = figureFinding(figure, count, policy);
    return found === null ? [] : [{ ...found, column: column.name }];
  });
}

function figureFinding(
  figure: string,
  count: number,
  { cellCountMin, countRounding }: DisclosureControl,
): Omit<DisclosureFinding, 'column'> | null {
  const found = { figure, publications: [] };
  if (count === 0) {
    const why = `${figure} is published as zero: it tells of everybody that they are not in it.`;
    return { ...found, rule: 'zero-cell', status: 'review', why };
  }
  // A count at the floor may be published as less: 12 rounded to fives is 10.
  const least = Math.min(cellCountMin, disclosedCount(cellCountMin, { cellCountMin, countRounding }));
  if (!(count >= least)) {
    const why = `${figure} rests on ${countText(count)} records, fewer than ${cellCountMin}.`;
    return { ...found, rule: 'minimum-cell', status: 'fail', why };
  }
  if (count % countRounding === 0) return null;
  const why = `${figure} is published as ${countText(count)}, which is no multiple of ${countRounding}.`;
  return { ...found, rule: 'rounding', status: 'fail', why };
}

/** All records with a value have the same one: whoever knows that a person is in the source knows theirs. */
function classDisclosure(column: ColumnProfile): DisclosureFinding[] {
  const { name } = column;
  const only = onlyValue(column);
  if (only === null) return [];
  const why = `Every record with a value of ${name} is in the one ${only}: that is said of each of them.`;
  return [{ rule: 'class-disclosure', status: 'review', column: name, figure: only, publications: [], why }];
}

function onlyValue(column: ColumnProfile): string | null {
  if (column.kind === 'withheld') return null;
  const { counts } =
    column.kind === 'numeric' ? column : { counts: column.categories.map(({ count }) => count) };
  const pooled = column.kind === 'categorical' ? column.pooledCount : 0;
  if (pooled > 0 || counts.filter((count) => count > 0).length !== 1) return null;
  const figures = [...figuresOf(column)].filter(([figure, count]) => !mayBeZero.has(figure) && count !== 0);
  return figures[0]?.[0] ?? null;
}
