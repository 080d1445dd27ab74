import type { Random } from '../../../../core/random/random.js';
import { isMissing } from '../../../../core/table/missing-bitmap.js';
import type { Column, Table } from '../../../../core/table/table.js';
import { pointOfNumber } from '../../domain/cells-of-column.js';
import { valueCells } from '../../domain/public-domain.js';
import { groupCount } from '../../network/network-model.js';
import { openBackend } from '../../../../core/tensor/open-backend.js';
import { drawCells } from './draw-cells.js';
import { GroupDrawer } from './group-drawer.js';
import type { AutoregressiveColumn, AutoregressiveModel } from './model.js';
import { groupShare } from './restricted-cells.js';

/**
 * The rows of a table, all of them in the memory of the caller, with every missing cell of a learned column drawn given
 * all cells of its row that are known, and given those drawn before it. Known cells stay as they are; one with a value
 * that was not learned tells nothing. Columns that were not learned are left as they are. The result is as sensitive as
 * the rows that were given: it is no release, and it says how the rows that the model saw go together.
 * @param random row i of the table uses number i of its streams
 */
export async function impute(model: AutoregressiveModel, table: Table, random: Random): Promise<Table> {
  const drawer = new GroupDrawer(await openBackend(model.parameters.backend), model);
  const known = model.columns.map(({ name }) => knownOf(table.columns.get(name), table.rowCount));
  const codes = model.columns.map((column) =>
    codesOf(column, table.columns.get(column.name), table.rowCount),
  );
  const columns = new Map(table.columns);
  for (const [place, column] of model.columns.entries()) {
    const given = table.columns.get(column.name);
    const own = known[place];
    if (!given || !own || own.every((flag) => flag === 1)) continue;
    const stream = random.fork(`column/${column.name}`);
    const shares = presentShares(column);
    const drawn = drawer.draw({
      ...{ column: place, codes, known, shares, start: 0, random: stream },
      isShown: (other) => other !== place,
    });
    const groups = drawn.map((group, row) => (own[row] === 1 ? (codes[place]?.[row] ?? group) : group));
    codes[place] = groups;
    const ofCell = (cell: number): number => Number(!isMissingCell(column, cell));
    const restriction = { shares, ofCell };
    const values = drawCells(column, drawn, { start: 0, random: stream, restriction });
    columns.set(column.name, filled(given, values, own));
    known[place] = new Float32Array(table.rowCount).fill(1);
  }
  return { rowCount: table.rowCount, columns };
}

/** 1 for each row that has a value. */
function knownOf(column: Column | undefined, rowCount: number): Float32Array {
  return Float32Array.from({ length: rowCount }, (_, row) =>
    column && !isMissing(column.missing, row) ? 1 : 0,
  );
}

const isMissingCell = ({ domain }: AutoregressiveColumn, cell: number): boolean =>
  domain.mayBeMissing && cell === valueCells(domain);

/** The share of each group that has a value. A column that never has one keeps its gaps. */
function presentShares(column: AutoregressiveColumn): Float64Array {
  return Float64Array.from({ length: groupCount(column.groups) }, (_, group) =>
    groupShare(column.groups, group, (cell) => !isMissingCell(column, cell)),
  );
}

/** The group of each row; the number of groups for a value that was not learned. */
function codesOf(
  { groups, domain }: AutoregressiveColumn,
  column: Column | undefined,
  rowCount: number,
): Int32Array {
  const size = groupCount(groups);
  const groupOf = new Map<number, number>();
  for (let group = 0; group < size; group += 1)
    for (const cell of groups.cells.subarray(groups.starts[group], groups.starts[group + 1]))
      groupOf.set(cell, group);
  return Int32Array.from({ length: rowCount }, (_, row) => {
    if (!column || column.kind === 'text' || isMissing(column.missing, row)) return size;
    if (domain.kind === 'categories') {
      const text = column.kind === 'category' ? (column.dictionary[column.codes[row] ?? -1] ?? '') : '';
      return groupOf.get(domain.values.indexOf(text)) ?? size;
    }
    if (column.kind === 'category') return size;
    const point = pointOfNumber(domain, column.values[row] ?? NaN);
    const atom = domain.atoms?.indexOf(point) ?? -1;
    const cell = atom >= 0 ? domain.cells + atom : Math.floor((point * domain.cells) / domain.points);
    return groupOf.get(cell) ?? size;
  });
}

/** The given column with its gaps filled; categories by their names. */
function filled(given: Column, drawn: Column, known: Float32Array): Column {
  const { missing } = drawn;
  if (given.kind === 'category' && drawn.kind === 'category') {
    const dictionary = [...new Set([...given.dictionary, ...drawn.dictionary])];
    const codes = given.codes.map((code, row) =>
      known[row] === 1 ? code : dictionary.indexOf(drawn.dictionary[drawn.codes[row] ?? 0] ?? ''),
    );
    return { kind: 'category', codes, dictionary, missing: gapsLeft(missing, known) };
  }
  if (
    given.kind === 'category' ||
    drawn.kind === 'category' ||
    given.kind === 'text' ||
    drawn.kind === 'text'
  )
    throw new TypeError('The column is not of the kind that was learned.');
  const value = (row: number): number => (known[row] === 1 ? given.values[row] : drawn.values[row]) ?? NaN;
  const left = gapsLeft(missing, known);
  if (given.kind === 'date')
    return {
      ...given,
      values: Int32Array.from({ length: known.length }, (_, row) => value(row)),
      missing: left,
    };
  return {
    ...given,
    values: Float64Array.from({ length: known.length }, (_, row) => value(row)),
    missing: left,
  };
}

/** Gaps among the drawn cells alone. */
function gapsLeft(missing: Uint8Array, known: Float32Array): Uint8Array {
  const left = missing.slice();
  for (const [row, flag] of known.entries())
    if (flag === 1) left[row >> 3] = (left[row >> 3] ?? 0) & ~(1 << (row & 7));
  return left;
}
