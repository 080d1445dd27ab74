import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Random } from '../../core/random/random.js';
import { selectCells } from '../../core/table/select-rows.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Column, Table } from '../../core/table/table.js';
import { requireRowCount } from '../row-blocks.js';
import { drawTable, timeDecimals } from './draw-table.js';
import { EvenDraws } from './even-draws.js';
import { finishTable } from './finish-table.js';
import type { MadeTable } from './finish-table.js';
import { ownedRows, rootRows } from './made-rows.js';
import type { RelationalModel, TableModel } from './model.js';
import { keyColumns, planDataset, planOf } from './plan-dataset.js';
import type { DatasetPlan, TablePlan } from './plan-dataset.js';

/** Some rows of several tables, by table; together with the other blocks they are the tables. */
export type DatasetBlock = ReadonlyMap<string, Table>;

export interface DatasetSampleOptions {
  /** Rows of the table of subjects; all others follow. */
  readonly subjects: number;
  readonly random: Random;
}

/**
 * The tables that belong to no subject first, whole; then block after block of subjects with everything of theirs. The
 * first subjects are the same however many are made, and whatever the size of a block.
 * @throws {RangeError} before the first block
 */
export function sampleRelational(
  model: RelationalModel,
  { subjects, random }: DatasetSampleOptions,
  subjectsPerBlock: number,
): AsyncIterable<DatasetBlock> {
  requireRowCount(subjects);
  return blocksOf(new DatasetSampling(model, random), model, subjects, subjectsPerBlock);
}

async function* blocksOf(
  sampling: DatasetSampling,
  model: RelationalModel,
  subjects: number,
  subjectsPerBlock: number,
): AsyncGenerator<DatasetBlock> {
  const references = sampling.makeReferences();
  if (references.size > 0) yield written(model, references);
  for (let start = 0; start < subjects; start += subjectsPerBlock) {
    const count = Math.min(subjectsPerBlock, subjects - start);
    yield written(model, sampling.makeSubjects(start, count));
    await nextTurn();
  }
}

class DatasetSampling {
  readonly #model: RelationalModel;
  readonly #random: Random;
  readonly #plan: DatasetPlan;
  readonly #rowsMade = new Map<string, number>();
  readonly #references = new Map<string, MadeTable>();
  readonly #evenDraws = new Map<string, EvenDraws>();

  constructor(model: RelationalModel, random: Random) {
    this.#model = model;
    this.#random = random;
    this.#plan = planDataset(model.shape);
  }

  /** All tables that descend from other roots than the subjects. */
  makeReferences(): ReadonlyMap<string, MadeTable> {
    for (const plan of this.#plan.tables) {
      if (plan.root === this.#plan.subjects) continue;
      const rows = this.#tableModel(plan).rootRows;
      const units = Int32Array.from({ length: rows }, (_, row) => row);
      this.#references.set(plan.shape.name, this.#make(plan, this.#references, units));
    }
    return this.#references;
  }

  makeSubjects(start: number, count: number): ReadonlyMap<string, MadeTable> {
    const made = new Map<string, MadeTable>();
    const units = Int32Array.from({ length: count }, (_, offset) => start + offset);
    for (const plan of this.#plan.tables)
      if (plan.root === this.#plan.subjects)
        made.set(plan.shape.name, this.#make(plan, new Map([...this.#references, ...made]), units));
    return made;
  }

  #make(plan: TablePlan, made: ReadonlyMap<string, MadeTable>, units: Int32Array): MadeTable {
    const { name } = plan.shape;
    const firstRow = this.#rowsMade.get(name) ?? 0;
    const random = this.#random.fork(`table/${name}`);
    const rows = plan.owners.length === 0 ? rootRows(plan, units) : ownedRows(plan, made);
    const context = { dataset: this.#plan, plan, model: this.#tableModel(plan), random, firstRow };
    const seenAbove = new Map([...made].map(([above, { seen }]) => [above, seen]));
    const isRoot = plan.owners.length === 0;
    const evenDraws = (field: string, stream: Random): EvenDraws => this.#evenDrawsOf(name, field, stream);
    const drawn = drawTable(rows, {
      ...context,
      present: made,
      seenAbove,
      ...(isRoot ? { evenDraws } : {}),
    });
    const table = finishTable(rows, drawn, { ...context, made });
    this.#rowsMade.set(name, firstRow + table.rowCount);
    return table;
  }

  #evenDrawsOf(table: string, field: string, random: Random): EvenDraws {
    const key = JSON.stringify([table, field]);
    const known = this.#evenDraws.get(key) ?? new EvenDraws(random);
    this.#evenDraws.set(key, known);
    return known;
  }

  #tableModel({ shape }: TablePlan): TableModel {
    const found = this.#model.tables.find(({ name }) => name === shape.name);
    if (!found) throw new TypeError(`The model has no table "${shape.name}".`);
    return found;
  }
}

/** The tables as the source has them: parents that were made up are put back into the rows of their sequences. */
function written({ sequences }: RelationalModel, made: ReadonlyMap<string, MadeTable>): DatasetBlock {
  const block = new Map<string, Table>();
  for (const [name, { rowCount, columns, linked }] of made) {
    if (sequences.some(({ parent }) => parent === name)) continue;
    const sequence = sequences.find(({ table }) => table === name);
    const above = sequence && made.get(sequence.parent);
    const rows = sequence && linked.ancestors.get(sequence.parent);
    const names = sequence?.columns ?? [...columns.keys()];
    const inOrder = names.flatMap((column): [string, Column][] => {
      const own = columns.get(column);
      const inherited = above?.columns.get(column);
      if (own) return [[column, own]];
      return inherited && rows ? [[column, selectCells(inherited, rows)]] : [];
    });
    block.set(name, { rowCount, columns: new Map(inOrder) });
  }
  return block;
}

/** How the columns of each table are written. */
export function relationalFormats(model: RelationalModel): ReadonlyMap<string, readonly ColumnFormat[]> {
  const plan = planDataset(model.shape);
  const formats = new Map(plan.tables.map((table) => [table.shape.name, tableFormats(plan, table, model)]));
  for (const { table, parent, columns } of model.sequences) {
    const known = [...(formats.get(table) ?? []), ...(formats.get(parent) ?? [])];
    formats.delete(parent);
    formats.set(
      table,
      columns.flatMap((name) => known.find((format) => format.name === name) ?? []),
    );
  }
  return formats;
}

function tableFormats(
  plan: DatasetPlan,
  { shape, clock, fields }: TablePlan,
  model: RelationalModel,
): ColumnFormat[] {
  const keys = keyColumns(shape, plan.relations);
  const table = model.tables.find(({ name }) => name === shape.name);
  return planOf(plan, shape.name).shape.columns.map(({ name, type }) => {
    if (keys.has(name)) return { name, type: 'identifier' };
    if (type !== 'number' && type !== 'integer') return { name, type };
    if (name === clock?.column) return { name, type, decimals: table ? timeDecimals(table) : 0 };
    const values =
      table?.fields[fields.findIndex((field) => field.kind === 'column' && field.name === name)]?.values;
    return { name, type, decimals: values?.kind === 'numbers' ? values.grid.decimals : 0 };
  });
}
