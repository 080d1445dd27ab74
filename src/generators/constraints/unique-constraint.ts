import { numberAt, numberColumn } from './column-cells.js';
import type { Constraint } from './constraint.js';
import { decimalsIn, measuredKind, noFacts, requireColumn } from './planned-constraint.js';
import type { ConstraintKind } from './planned-constraint.js';

type UniqueConstraint = Extract<Constraint, { readonly type: 'unique' }>;

/** Steps of the grid that a value may be moved by; further off it would tell of nothing any more. */
const stepsMax = 10_000;

/**
 * A number that a row before has goes to the nearest free one on the column's grid, the lower of two. What identifies people is
 * not learned at all and is unique where its new values are declared so.
 */
export const unique: ConstraintKind<UniqueConstraint> = {
  reads: () => [],
  writes: ({ column }) => [column],
  plan: ({ column: name }, columns, rowCount) => {
    const known = requireColumn(columns, name);
    const kind = measuredKind(known);
    const decimals = decimalsIn(known);
    const values = Array.from({ length: rowCount }, (_, row) => numberAt(known.column, row)).filter(
      (value) => !Number.isNaN(value),
    );
    return {
      violations: values.length - new Set(values).size,
      learned: [],
      dropped: [],
      facts: { ...noFacts, kind, decimals },
    };
  },
  restore: ({ column: name }, columns, { kind, decimals }, taken) => {
    const column = columns.get(name);
    if (!column || column.kind === 'category' || column.kind === 'text') return new Map();
    const scale = 10 ** decimals;
    const values = Float64Array.from(column.values, (_, row) => {
      const value = numberAt(column, row);
      if (Number.isNaN(value)) return NaN;
      const step = nearestFree(Math.round(value * scale), taken);
      taken.add(step);
      return step / scale;
    });
    return new Map([[name, numberColumn(kind, values)]]);
  },
  /** Of a single row there is nothing to say. */
  holds: () => true,
};

/** @throws {TypeError} when the column has run out of values near where they are wanted */
function nearestFree(wanted: number, taken: ReadonlySet<number>): number {
  for (let distance = 0; distance <= stepsMax; distance += 1) {
    if (!taken.has(wanted - distance)) return wanted - distance;
    if (!taken.has(wanted + distance)) return wanted + distance;
  }
  throw new TypeError(
    `after ${taken.size} rows there is no value left near where one is wanted; ask for fewer`,
  );
}
