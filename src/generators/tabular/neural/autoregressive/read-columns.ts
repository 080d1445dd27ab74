import type { FitInput, FitOptions } from '../../../generator.js';
import { groupColumn } from '../../bayesian-network/grouped-column.js';
import type { GroupedColumn } from '../../bayesian-network/grouped-column.js';
import { reportStep } from '../../differentially-private/private-table.js';
import { TooManyColumnsError } from '../../differentially-private/too-many-columns-error.js';
import type { GuardFloors } from '../../guards/guard-floors.js';
import { prepareColumn } from '../../guards/prepare-column.js';
import { redrawTails } from '../../guards/redraw-tails.js';
import { TooFewRowsError } from '../../guards/too-few-rows-error.js';
import { groupCount } from '../../network/network-model.js';
import { WithheldColumnError } from '../../withheld-column-error.js';
import type { AutoregressiveColumn } from './model.js';

/** The work of a step grows with the square of the columns. */
export const columnsMax = 256;
/** Nothing is learned from fewer rows, as by other generators. */
const rowsMin = 40;

interface Reading {
  readonly floors: GuardFloors;
  readonly groups: number;
  /** Share of the work that reading is. */
  readonly shareOfWork: number;
}

/**
 * Guarded columns as groups of cells, none of fewer rows than the floors.
 * @throws {WithheldColumnError} {TooFewRowsError} {TooManyColumnsError}
 */
export async function readColumns(
  { schema, rows }: FitInput,
  options: FitOptions,
  { floors: parameters, groups: groupsMax, shareOfWork }: Reading,
): Promise<readonly GroupedColumn[]> {
  for (const { name, type } of schema.columns)
    if (type === 'identifier' || type === 'free-text') throw new WithheldColumnError(name, type);
  if (schema.columns.length > columnsMax) throw new TooManyColumnsError(schema.columns.length, columnsMax);
  const { rowCount } = rows;
  if (rowCount < rowsMin) throw new TooFewRowsError(rowCount, rowsMin);
  const columns: GroupedColumn[] = [];
  for (const column of schema.columns) {
    const random = options.random.fork(`fit/${column.name}`).fork('tails');
    const given = { rowCount, parameters, random, guardTails: redrawTails };
    const guarded = prepareColumn(column, await rows.column(column.name), given);
    const floor = guarded.kind === 'numbers' ? parameters.valueFloor : parameters.categoryFloor;
    columns.push(groupColumn(guarded, { rowCount, groupsMax, floor }));
    await reportStep(options, (shareOfWork * columns.length) / schema.columns.length);
  }
  return columns;
}

/** What of a column goes into the model. @param counts rows of each group, which may be noisy */
export function columnOf(
  { schema, domain, groups, hiddenMissing }: Omit<GroupedColumn, 'codes'>,
  counts: ArrayLike<number>,
): AutoregressiveColumn {
  const size = groupCount(groups);
  const weights = Array.from({ length: size }, (_, group) => Math.max(0.5, counts[group] ?? 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const { name, type } = schema;
  return {
    ...{ name, type, domain, groups, hiddenMissing },
    start: Float64Array.from(weights, (weight) => Math.log(weight / sum)),
  };
}

/** Rows of each group. */
export function countGroups({ codes, groups }: Pick<GroupedColumn, 'codes' | 'groups'>): Int32Array {
  const counts = new Int32Array(groupCount(groups));
  for (const code of codes) if (code < counts.length) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
