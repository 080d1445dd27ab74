import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TableSchema } from '../../../../core/schema/schema.js';
import type { FitInput, FitOptions } from '../../../generator.js';
import type { GuardFloors } from '../../guards/guard-floors.js';
import { prepareColumn } from '../../guards/prepare-column.js';
import type { PreparedColumn } from '../../guards/prepared-column.js';
import { redrawTails } from '../../guards/redraw-tails.js';
import { TooFewRowsError } from '../../guards/too-few-rows-error.js';
import { WithheldColumnError } from '../../withheld-column-error.js';
import { encodeRows } from './encode-rows.js';
import type { EncodedTable } from './encode-rows.js';
import { fitColumnLayout } from './fit-layout.js';
import type { ColumnLayout, NumberEncoding, TableLayout } from './table-layout.js';

/** Nothing is learned from fewer rows. */
const rowsMin = 40;

export interface NetworkGuards extends GuardFloors {
  /** The most frequent categories of a column that get an entry of their own; the others share one. At least 2. */
  readonly entriesMax: number;
  readonly numbers: NumberEncoding;
}

export interface NetworkTable {
  readonly layout: TableLayout;
  readonly encoded: EncodedTable;
}

/**
 * Reads the columns one by one, guards each and brings them into the form that networks learn from. Progress goes from 0
 * to 1.
 * @throws {WithheldColumnError} {TooFewRowsError}
 */
export async function prepareTable(
  { schema, rows }: FitInput,
  guards: NetworkGuards,
  { random, signal, onProgress }: Pick<FitOptions, 'random' | 'signal' | 'onProgress'>,
): Promise<NetworkTable> {
  refuseWithheld(schema);
  const { rowCount } = rows;
  if (rowCount < rowsMin) throw new TooFewRowsError(rowCount, rowsMin);
  const settings = {
    floor: Math.max(guards.categoryFloor, guards.valueFloor),
    entriesMax: guards.entriesMax,
    numbers: guards.numbers,
  };
  const prepared: PreparedColumn[] = [];
  const layout: ColumnLayout[] = [];
  for (const column of schema.columns) {
    signal?.throwIfAborted();
    const tails = random.fork(`fit/${column.name}`).fork('tails');
    const given = { rowCount, parameters: guards, random: tails, guardTails: redrawTails };
    const ready = prepareColumn(column, await rows.column(column.name), given);
    prepared.push(ready);
    layout.push(fitColumnLayout(ready, rowCount, settings));
    onProgress?.(prepared.length / schema.columns.length);
    await nextTurn();
  }
  signal?.throwIfAborted();
  return { layout, encoded: encodeRows(layout, prepared, { rows: rowCount, random: random.fork('encode') }) };
}

function refuseWithheld({ columns }: TableSchema): void {
  for (const { name, type } of columns)
    if (type === 'identifier' || type === 'free-text') throw new WithheldColumnError(name, type);
}
