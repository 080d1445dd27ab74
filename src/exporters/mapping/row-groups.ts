import type { BoundTable } from './bind-tables.js';
import type { Cells } from './cells.js';

/** The rows of each person in one table: two Int32Arrays of the table's length and the persons' number. */
export class RowGroups {
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;

  /** @param personOf the person of each row, from 0; below 0: nobody's */
  constructor(personOf: Int32Array, personCount: number, order: Cells | null) {
    const starts = new Int32Array(personCount + 1);
    for (const person of personOf) if (person >= 0) starts[person + 1] = (starts[person + 1] ?? 0) + 1;
    for (let person = 0; person < personCount; person += 1)
      starts[person + 1] = (starts[person + 1] ?? 0) + (starts[person] ?? 0);
    const next = starts.slice();
    const rows = new Int32Array(starts[personCount] ?? 0);
    for (const [row, person] of personOf.entries()) {
      if (person < 0) continue;
      const place = next[person] ?? 0;
      rows[place] = row;
      next[person] = place + 1;
    }
    if (order)
      for (let person = 0; person < personCount; person += 1)
        rows.subarray(starts[person], starts[person + 1]).sort((a, b) => compareCells(order, a, b) || a - b);
    this.#starts = starts;
    this.#rows = rows;
  }

  of(person: number): Int32Array {
    return this.#rows.subarray(this.#starts[person], this.#starts[person + 1]);
  }
}

/** Who the rows of the table of persons are, by the order in which they come first. */
export interface People {
  readonly count: number;
  readonly personOf: Int32Array;
  /** By the text of the key; empty where every row is a person. */
  readonly byKey: ReadonlyMap<string, number>;
}

/** @throws {MappedRowError} where a row has no key */
export function findPeople(table: BoundTable): People {
  const personOf = new Int32Array(table.rowCount);
  const keys = table.mapping.key === undefined ? undefined : table.cells.get(table.mapping.key);
  const byKey = new Map<string, number>();
  if (!keys) return { count: table.rowCount, personOf: personOf.map((_, row) => row), byKey };
  for (let row = 0; row < table.rowCount; row += 1) {
    const key = keys.text(row);
    if (key === null) throw keys.refuse(row, 'there is no key, so that it is not known whose row it is.');
    const person = byKey.get(key) ?? byKey.size;
    byKey.set(key, person);
    personOf[row] = person;
  }
  return { count: byKey.size, personOf, byKey };
}

/** The person of each row of a table that names persons by their key; -1 where it names none. */
export function personsNamed(table: BoundTable, people: People): Int32Array {
  const keys = table.cells.get(table.mapping.key ?? '');
  const personOf = new Int32Array(table.rowCount).fill(-1);
  if (!keys) return personOf;
  for (let row = 0; row < table.rowCount; row += 1)
    personOf[row] = people.byKey.get(keys.text(row) ?? '') ?? -1;
  return personOf;
}

/** Numbers by their size and before texts, what is missing last. */
function compareCells(cells: Cells, a: number, b: number): number {
  const [one, other] = [cells.text(a), cells.text(b)];
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const [x, y] = [Number(one), Number(other)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return one < other ? -1 : Number(one > other);
}
