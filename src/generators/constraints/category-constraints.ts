import { guardFloors } from '../tabular/guards/guard-floors.js';
import { categoryColumn, cellAt, numberColumn } from './column-cells.js';
import type { ColumnCell } from './column-cells.js';
import type { CellIs, Constraint } from './constraint.js';
import { countViolations, measuredKind, noFacts, requireColumn } from './planned-constraint.js';
import type { Columns, ConstraintKind, KnownColumn } from './planned-constraint.js';

type Of<Type extends Constraint['type']> = Extract<Constraint, { readonly type: Type }>;

const joined = (columns: readonly string[]): string => columns.join(' + ');
/** Combinations are learned as one category each, named by their place. */
const categoryOf = (place: number): string => `combination ${place}`;

function rowsOf(
  columns: Columns,
  name: string,
): { readonly count: number; readonly at: (row: number) => ColumnCell } {
  const column = columns.get(name);
  if (!column) return { count: 0, at: () => null };
  const count = column.kind === 'category' ? column.codes.length : column.values.length;
  return { count, at: (row) => cellAt(column, row) };
}

export const combinations: ConstraintKind<Of<'combinations'>> = {
  reads: () => [],
  writes: ({ columns }) => columns,
  plan: (constraint, columns, rowCount) => {
    const known = constraint.columns.map((name) => requireColumn(columns, name));
    for (const { schema, column } of known)
      if (column.kind !== 'category') throw new TypeError(`column "${schema.name}" holds no categories`);
    const keys = Array.from({ length: rowCount }, (_, row) =>
      JSON.stringify(known.map(({ column }) => cellAt(column, row))),
    );
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    const byCount = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    const kept = byCount.filter(
      ([, count], place) => place === 0 || count >= guardFloors.categoryFloor.minimum,
    );
    const place = new Map(kept.map(([key], index) => [key, index]));
    // What few rows have goes to the most frequent combination, which hides them best.
    const cells = keys.map((key) => categoryOf(place.get(key) ?? 0));
    return {
      violations: 0,
      learned: [
        {
          schema: { name: joined(constraint.columns), type: 'category', missingMarkers: [''] },
          column: categoryColumn(cells, [...kept.keys()].map(categoryOf)),
        },
      ],
      dropped: constraint.columns,
      facts: { ...noFacts, combinations: kept.map(([key]) => JSON.parse(key) as (string | null)[]) },
    };
  },
  restore: ({ columns: names }, columns, { combinations: known }) => {
    const { count, at } = rowsOf(columns, joined(names));
    const placeOf = new Map(known.map((_, place): [ColumnCell, number] => [categoryOf(place), place]));
    const chosen = Array.from({ length: count }, (_, row) => known[placeOf.get(at(row)) ?? 0] ?? []);
    return new Map(
      names.map((name, part) => {
        const dictionary = [...new Set(known.flatMap((each) => each[part] ?? []))].sort();
        const cells = chosen.map((each) => each[part] ?? null);
        return [name, categoryColumn(cells, dictionary)];
      }),
    );
  },
  holds: () => true,
};

/** The column that is 1, by its place. */
export const oneHot: ConstraintKind<Of<'one-hot'>> = {
  reads: () => [],
  writes: ({ columns }) => columns,
  plan: (constraint, columns, rowCount) => {
    const known = constraint.columns.map((name) => requireColumn(columns, name));
    for (const each of known)
      if (measuredKind(each) !== 'number')
        throw new TypeError(`column "${each.schema.name}" is not one of the numbers 0 and 1`);
    const holds = (row: number): boolean =>
      oneHot.holds(constraint, (name) => {
        const each = known[constraint.columns.indexOf(name)];
        return each ? cellAt(each.column, row) : null;
      });
    const cells = Array.from(
      { length: rowCount },
      (_, row) => constraint.columns[known.findIndex(({ column }) => cellAt(column, row) === 1)] ?? null,
    );
    return {
      violations: countViolations(rowCount, holds),
      learned: [
        {
          schema: { name: joined(constraint.columns), type: 'category', missingMarkers: [''] },
          column: categoryColumn(cells, constraint.columns),
        },
      ],
      dropped: constraint.columns,
      facts: noFacts,
    };
  },
  restore: ({ columns: names }, columns) => {
    const { count, at } = rowsOf(columns, joined(names));
    // A pool of rare columns is not one of them; its rows go to the first.
    const set = Array.from({ length: count }, (_, row) => Math.max(0, names.indexOf(String(at(row)))));
    return new Map(
      names.map((name, place) => [
        name,
        numberColumn(
          'number',
          Float64Array.from(set, (one) => (one === place ? 1 : 0)),
        ),
      ]),
    );
  },
  holds: ({ columns }, cell) => {
    const cells = columns.map(cell);
    return cells.every((each) => each === 0 || each === 1) && cells.filter((each) => each === 1).length === 1;
  },
};

export const implication: ConstraintKind<Of<'implication'>> = {
  reads: ({ when }) => [when.column],
  writes: ({ then }) => [then.column],
  plan: (constraint, columns, rowCount) => {
    const { when, then } = constraint;
    const [cause, effect] = [requireColumn(columns, when.column), requireColumn(columns, then.column)];
    requireValue(effect, then);
    const holds = (row: number): boolean =>
      implication.holds(constraint, (name) => cellAt((name === when.column ? cause : effect).column, row));
    return { violations: countViolations(rowCount, holds), learned: [], dropped: [], facts: noFacts };
  },
  restore: ({ when, then }, columns) => {
    const cause = rowsOf(columns, when.column);
    const effect = columns.get(then.column);
    if (!effect) return new Map();
    const cells = Array.from({ length: cause.count }, (_, row) =>
      cause.at(row) === when.is ? then.is : cellAt(effect, row),
    );
    if (effect.kind !== 'category' && effect.kind !== 'text')
      return new Map([
        [
          then.column,
          numberColumn(
            effect.kind,
            Float64Array.from(cells, (cell) => Number(cell ?? NaN)),
          ),
        ],
      ]);
    const texts = cells.map((cell) => (cell === null ? null : String(cell)));
    const dictionary = [...new Set(texts.filter((text) => text !== null))].sort();
    return new Map([[then.column, categoryColumn(texts, dictionary)]]);
  },
  holds: ({ when, then }, cell) => cell(when.column) !== when.is || cell(then.column) === then.is,
};

function requireValue({ schema, column }: KnownColumn, { is }: CellIs): void {
  const isText = column.kind === 'category';
  if (is !== null && typeof is !== (isText ? 'string' : 'number'))
    throw new TypeError(`${JSON.stringify(is)} is no value of column "${schema.name}"`);
}
