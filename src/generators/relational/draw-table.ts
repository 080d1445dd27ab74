import type { Random } from '../../core/random/random.js';
import { createMissingBitmap, isMissing, markMissing } from '../../core/table/missing-bitmap.js';
import type { Column, MissingBitmap } from '../../core/table/table.js';
import { drawColumn } from '../tabular/sequential-cart/draw-column.js';
import type { DrawnColumn, DrawnColumns, DrawnRows } from '../tabular/sequential-cart/draw-column.js';
import type { ColumnModel } from '../tabular/sequential-cart/model.js';
import type { EvenDraws } from './even-draws.js';
import { binNumbers, columnFields, gatherBins, ownerFeature } from './features.js';
import { leavesOf } from './field-columns.js';
import type { RowsToMake } from './made-rows.js';
import type { TableModel } from './model.js';
import type { DatasetPlan, TablePlan } from './plan-dataset.js';
import { anchorsOf, boundsOf } from './row-times.js';
import type { PresentTables, RowBounds } from './row-times.js';
import { intoWindow } from './times.js';

/** The fields of the rows of a block, before they become columns of the table. */
export interface DrawnTable {
  readonly fields: readonly Column[];
  readonly time: Float64Array;
  /** As tables below see the rows. */
  readonly seen: readonly Uint8Array[];
  /** By relation to this table: the leaf of each row. */
  readonly leaves: ReadonlyMap<number, Int32Array>;
}

export interface DrawContext {
  readonly dataset: DatasetPlan;
  readonly plan: TablePlan;
  readonly model: TableModel;
  readonly present: PresentTables;
  readonly seenAbove: ReadonlyMap<string, readonly Uint8Array[]>;
  /** Of the table. */
  readonly random: Random;
  /** The number of the first row of the block among all rows of the table. */
  readonly firstRow: number;
  /** Of a root table, whose rows are drawn in their order: they fall evenly on the leaves of each field. */
  readonly evenDraws?: (field: string, random: Random) => EvenDraws;
}

/**
 * Makes the rows position by position: first the first rows of all parents, then the second ones, and so on, as each
 * row depends on the one before it. What a row holds follows from its number and its parents alone.
 */
export function drawTable(rows: RowsToMake, context: DrawContext): DrawnTable {
  const drawing = new TableDrawing(rows, context);
  for (const wave of wavesOf(rows.sequence.position)) drawing.drawWave(wave);
  return drawing.finish();
}

/** The rows of each position, ascending. */
function wavesOf(position: Int32Array): Int32Array[] {
  const waves: number[][] = [];
  position.forEach((place, row) => (waves[place] ??= []).push(row));
  return waves.map((rows) => Int32Array.from(rows));
}

class TableDrawing {
  readonly #rows: RowsToMake;
  readonly #context: DrawContext;
  readonly #rowCount: number;
  readonly #time: Float64Array;
  /** The last known time of the parent's rows, or the anchor. */
  readonly #last: Float64Array;
  readonly #now: Float64Array;
  readonly #anchors: Float64Array;
  readonly #bounds: RowBounds;
  readonly #above: readonly { rows: Int32Array; seen: readonly Uint8Array[] }[];
  readonly #bins: Uint8Array[];
  readonly #columns: MadeColumn[];
  readonly #streams: ReadonlyMap<string, Random>;
  readonly #leaves = new Map<number, Int32Array>();

  constructor(rows: RowsToMake, context: DrawContext) {
    const { plan, model, dataset, present, random } = context;
    const rowCount = rows.linked.unit.length;
    this.#rows = rows;
    this.#context = context;
    this.#rowCount = rowCount;
    this.#time = new Float64Array(rowCount).fill(NaN);
    this.#last = new Float64Array(rowCount).fill(NaN);
    this.#now = new Float64Array(rowCount).fill(NaN);
    const here = { plan, rowCount, linked: rows.linked };
    const { clock } = plan;
    const bounded = {
      column: clock?.column ?? '',
      unit: clock?.unit ?? 'number',
      decimals: timeDecimals(model),
    };
    this.#bounds = boundsOf(dataset, here, present, bounded);
    this.#anchors =
      plan.owners.length === 0 ? new Float64Array(rowCount) : anchorsOf(here, present, this.#bounds.low);
    this.#above = plan.ancestors.map((name) => ({
      rows: rows.linked.ancestors.get(name) ?? new Int32Array(),
      seen: context.seenAbove.get(name) ?? [],
    }));
    this.#bins = model.fields.map(() => new Uint8Array(rowCount));
    this.#columns = model.fields.map((field) => new MadeColumn(field, rowCount));
    const names = ['time start', 'time step', ...plan.fields.map(({ name }) => name)];
    this.#streams = new Map(names.map((name) => [name, random.fork(`column/${name}`)]));
    for (const field of plan.fields)
      if (field.kind === 'count') this.#leaves.set(field.relation.id, new Int32Array(rowCount));
  }

  drawWave(wave: Int32Array): void {
    const { plan, model, firstRow } = this.#context;
    const rows = { count: wave.length, numberOf: (offset: number) => firstRow + (wave[offset] ?? 0) };
    const before = wave.map((row) => ((this.#rows.sequence.position[row] ?? 0) > 0 ? row - 1 : -1));
    const bins = this.#binsBeforeTime(wave, before);
    bins.push(...this.#drawTimes(wave, rows, { bins, before }));
    const missing: MissingBitmap[] = [];
    for (const [place, field] of model.fields.entries()) {
      const planned = plan.fields[place];
      if (!planned) continue;
      const drawn = this.#draw(planned.name, field, { bins, missing }, rows);
      if (planned.kind === 'count') {
        const leaves = leavesOf(field, bins, wave.length);
        wave.forEach((row, at) => ((this.#leaves.get(planned.relation.id) ?? leaves)[row] = leaves[at] ?? 0));
      }
      bins.push(drawn.bins);
      missing.push(drawn.column.missing);
      wave.forEach((row, at) => ((this.#bins[place] ?? drawn.bins)[row] = drawn.bins[at] ?? 0));
      this.#columns[place]?.take(drawn.column, wave);
    }
  }

  finish(): DrawnTable {
    const { model, plan } = this.#context;
    const now = plan.clock ? this.#now : new Float64Array(this.#rowCount).fill(NaN);
    return {
      fields: this.#columns.map((column) => column.column()),
      time: this.#time,
      seen: [...this.#bins, binNumbers(now, model.cuts.now)],
      leaves: this.#leaves,
    };
  }

  #draw(name: string, model: ColumnModel, earlier: DrawnColumns, rows: DrawnRows): DrawnColumn {
    const random = this.#streams.get(name) ?? this.#context.random;
    const even = this.#context.evenDraws?.(name, random);
    if (!even) return drawColumn(model, earlier, rows, random);
    const uniformOf = (tree: number, leaf: number): number => even.next(tree, leaf);
    return drawColumn(model, earlier, { ...rows, uniformOf }, random);
  }

  /** In the order that `featureCounts` describes. */
  #binsBeforeTime(wave: Int32Array, before: Int32Array): Uint8Array[] {
    const { plan, model } = this.#context;
    const { linked, sequence } = this.#rows;
    const { cuts } = model;
    const numbers = (valueOf: (row: number, at: number) => number, names: Float64Array): Uint8Array =>
      binNumbers(Float64Array.from(wave, valueOf), names);
    const above = this.#above.flatMap(({ rows, seen }) => {
      const places = wave.map((row) => rows[row] ?? -1);
      return seen.map((bins) => gatherBins(bins, places));
    });
    const owner = wave.map((row) => linked.owner[row] ?? 0);
    wave.forEach((row, at) => {
      const previous = before[at] ?? -1;
      this.#last[row] = (previous < 0 ? this.#anchors[row] : this.#last[previous]) ?? NaN;
    });
    const last = (row: number): number => this.#last[row] ?? NaN;
    const position = (row: number): number => sequence.position[row] ?? 0;
    const isClocked = plan.clock !== null;
    return [
      ...above,
      ownerFeature(owner, plan.owners.length).bins,
      numbers(position, cuts.position),
      numbers((row) => (sequence.siblings[row] ?? 1) - 1 - position(row), cuts.left),
      numbers((row) => (isClocked ? (this.#bounds.high[row] ?? NaN) - last(row) : NaN), cuts.room),
      numbers(
        (row) => (isClocked && position(row) > 0 ? last(row) - (this.#anchors[row] ?? NaN) : NaN),
        cuts.since,
      ),
      ...columnFields(plan).map((place) => gatherBins(this.#bins[place] ?? new Uint8Array(), before)),
    ];
  }

  /** Draws the time of each row and answers the features that follow from it. */
  #drawTimes(
    wave: Int32Array,
    rows: DrawnRows,
    { bins, before }: { bins: Uint8Array[]; before: Int32Array },
  ): Uint8Array[] {
    const { start, step, cuts } = this.#context.model;
    const isFirst = (before[0] ?? -1) < 0;
    const model = isFirst ? start : step;
    const gap = new Float64Array(wave.length).fill(NaN);
    const rest = new Float64Array(wave.length).fill(NaN);
    const { bounds, decimals } = { bounds: this.#bounds, decimals: timeDecimals(this.#context.model) };
    if (model) {
      const drawn = this.#draw(`time ${isFirst ? 'start' : 'step'}`, model, { bins, missing: [] }, rows);
      const values = drawn.column.kind === 'number' ? drawn.column.values : new Float64Array();
      wave.forEach((row, at) => {
        const from = this.#last[row] ?? NaN;
        if (isMissing(drawn.column.missing, at) || Number.isNaN(from)) return;
        const low = bounds.low[row] ?? NaN;
        const high = bounds.high[row] ?? NaN;
        const least = isFirst ? low : from;
        const free = rounded(from + (values[at] ?? 0), decimals);
        const time = rounded(intoWindow(free, least, Math.max(high, least)), decimals);
        this.#time[row] = time;
        gap[at] = time - from;
        this.#now[row] = time - (this.#anchors[row] ?? NaN);
        rest[at] = high - time;
        this.#last[row] = time;
      });
    }
    const now = Float64Array.from(wave, (row) => this.#now[row] ?? NaN);
    return [binNumbers(now, cuts.now), binNumbers(gap, cuts.gap), binNumbers(rest, cuts.rest)];
  }
}

/** A column that is filled wave by wave. */
class MadeColumn {
  readonly #model: ColumnModel;
  readonly #numbers: Float64Array;
  readonly #codes: Int32Array;
  readonly #missing: MissingBitmap;

  constructor(model: ColumnModel, rowCount: number) {
    this.#model = model;
    const isNumbers = model.values.kind === 'numbers';
    this.#numbers = new Float64Array(isNumbers ? rowCount : 0);
    this.#codes = new Int32Array(isNumbers ? 0 : rowCount);
    this.#missing = createMissingBitmap(rowCount);
  }

  take(drawn: Column, wave: Int32Array): void {
    wave.forEach((row, at) => {
      if (isMissing(drawn.missing, at)) markMissing(this.#missing, row);
      else if (drawn.kind === 'category') this.#codes[row] = drawn.codes[at] ?? 0;
      else if (drawn.kind !== 'text') this.#numbers[row] = drawn.values[at] ?? 0;
    });
  }

  column(): Column {
    const missing = this.#missing;
    const { values, type } = this.#model;
    if (values.kind === 'categories')
      return { kind: 'category', codes: this.#codes, dictionary: values.dictionary, missing };
    if (type === 'date') return { kind: 'date', values: Int32Array.from(this.#numbers), missing };
    return { kind: type === 'datetime' ? 'datetime' : 'number', values: this.#numbers, missing };
  }
}

/** Digits of a clock that counts in numbers; dates and datetimes are whole. */
export function timeDecimals({ start, step }: TableModel): number {
  const decimals = [start, step].map((model) =>
    model?.values.kind === 'numbers' ? model.values.grid.decimals : 0,
  );
  return Math.max(...decimals);
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  const units = Math.round(value * scale);
  return units === 0 ? 0 : units / scale;
}
