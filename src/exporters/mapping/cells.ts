import { msPerDay } from '../../core/time/units.js';
import { isMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import { MappedRowError } from './mapping-error.js';

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The cells of one column as text, whatever the kind of the column; rows count from 0 here. */
export class Cells {
  readonly #column: Column;
  readonly #markers: ReadonlySet<string>;
  /** The texts of a category by its codes, so that markers are looked up once a category. */
  readonly #categories: readonly (string | null)[];

  constructor(
    readonly table: string,
    readonly name: string,
    column: Column,
    markers: ReadonlySet<string>,
  ) {
    this.#column = column;
    this.#markers = markers;
    this.#categories = column.kind === 'category' ? column.dictionary.map((text) => this.#known(text)) : [];
  }

  /** Null where the cell is missing, empty or a marker. */
  text(row: number): string | null {
    const column = this.#column;
    if (isMissing(column.missing, row)) return null;
    switch (column.kind) {
      case 'category':
        return this.#categories[column.codes[row] ?? -1] ?? null;
      case 'text':
        return this.#known(column.values[row] ?? '');
      case 'number':
        return this.#known(String(column.values[row]));
      case 'date':
        return this.#known(isoText((column.values[row] ?? 0) * msPerDay).slice(0, 10));
      case 'datetime':
        return this.#known(isoText(column.values[row] ?? 0));
    }
  }

  /** @throws {MappedRowError} when the cell is no number */
  number(row: number): number | null {
    const text = this.text(row);
    if (text === null) return null;
    const value = number.test(text) ? Number(text) : NaN;
    if (!Number.isFinite(value)) throw this.refuse(row, 'the cell is no number.');
    return value;
  }

  refuse(row: number, problem: string): MappedRowError {
    return new MappedRowError({ table: this.table, row: row + 1, column: this.name }, problem);
  }

  #known(text: string): string | null {
    return text === '' || this.#markers.has(text) ? null : text;
  }
}

function isoText(ms: number): string {
  return new Date(ms).toISOString();
}
