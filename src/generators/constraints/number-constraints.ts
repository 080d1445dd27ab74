import { cellAt, numberAt, numberColumn } from './column-cells.js';
import type { Constraint } from './constraint.js';
import { countViolations, decimalsIn, measuredKind, noFacts, requireColumn } from './planned-constraint.js';
import type { Columns, ConstraintKind, KnownColumn } from './planned-constraint.js';

type Of<Type extends Constraint['type']> = Extract<Constraint, { readonly type: Type }>;

const lengthOf = (columns: Columns, name: string): number => {
  const column = columns.get(name);
  return column?.kind === 'category' ? column.codes.length : (column?.values.length ?? 0);
};
const round = (value: number, decimals: number): number => {
  const rounded = Number(value.toFixed(decimals));
  return rounded === 0 ? 0 : rounded;
};
const read = (columns: Columns, name: string, row: number): number => {
  const column = columns.get(name);
  return column ? numberAt(column, row) : NaN;
};

/** What is learned instead of the higher value: its distance, and the value itself where the lower one is missing. */
const distanceName = ({ low, high }: Of<'inequality'>): string => `${high} - ${low}`;
const aloneName = ({ low, high }: Of<'inequality'>): string => `${high} without ${low}`;

export const inequality: ConstraintKind<Of<'inequality'>> = {
  reads: ({ low }) => [low],
  writes: ({ high }) => [high],
  plan: (constraint, columns, rowCount) => {
    const [low, high] = [requireColumn(columns, constraint.low), requireColumn(columns, constraint.high)];
    const kind = measuredKind(high);
    if (measuredKind(low) !== kind) throw new TypeError('its columns are not of the same kind');
    const decimals = Math.max(decimalsIn(low), decimalsIn(high));
    const distance = new Float64Array(rowCount).fill(NaN);
    const alone = new Float64Array(rowCount).fill(NaN);
    for (let row = 0; row < rowCount; row += 1) {
      const [from, to] = [numberAt(low.column, row), numberAt(high.column, row)];
      if (Number.isNaN(from)) alone[row] = to;
      else distance[row] = round(to - from, decimals);
    }
    const learned = [numbersNamed(distanceName(constraint), 'number', { decimals, values: distance })];
    if (alone.some((value) => !Number.isNaN(value)))
      learned.push({
        schema: { ...high.schema, name: aloneName(constraint) },
        column: numberColumn(kind, alone),
      });
    const holds = (row: number): boolean =>
      inequality.holds(constraint, (name) => cellAt((name === constraint.low ? low : high).column, row));
    return {
      violations: countViolations(rowCount, holds),
      learned,
      dropped: [constraint.high],
      facts: { ...noFacts, kind, decimals },
    };
  },
  restore: (constraint, columns, { decimals, kind }) => {
    const least = constraint.strict ? 10 ** -decimals : 0;
    const values = Float64Array.from({ length: lengthOf(columns, constraint.low) }, (_, row) => {
      const low = read(columns, constraint.low, row);
      if (Number.isNaN(low)) return read(columns, aloneName(constraint), row);
      return round(low + Math.max(least, read(columns, distanceName(constraint), row)), decimals);
    });
    return new Map([[constraint.high, numberColumn(kind, values)]]);
  },
  holds: ({ low, high, strict }, cell) => {
    const [from, to] = [cell(low), cell(high)];
    if (typeof from !== 'number' || typeof to !== 'number') return true;
    return strict ? from < to : from <= to;
  },
};

export const bounds: ConstraintKind<Of<'bounds'>> = {
  reads: () => [],
  writes: ({ column }) => [column],
  plan: (constraint, columns, rowCount) => {
    if (constraint.low > constraint.high) throw new TypeError('its bounds are not in order');
    const known = requireColumn(columns, constraint.column);
    const facts = { ...noFacts, kind: measuredKind(known), decimals: decimalsIn(known) };
    const holds = (row: number): boolean => bounds.holds(constraint, () => cellAt(known.column, row));
    return { violations: countViolations(rowCount, holds), learned: [], dropped: [], facts };
  },
  restore: ({ column, low, high }, columns, { kind }) => {
    const values = Float64Array.from({ length: lengthOf(columns, column) }, (_, row) =>
      Math.min(high, Math.max(low, read(columns, column, row))),
    );
    return new Map([[column, numberColumn(kind, values)]]);
  },
  holds: ({ column, low, high }, cell) => {
    const value = cell(column);
    return typeof value !== 'number' || (value >= low && value <= high);
  },
};

const stepsName = ({ column, step }: Of<'increments'>): string => `${column} / ${step}`;

export const increments: ConstraintKind<Of<'increments'>> = {
  reads: () => [],
  writes: ({ column }) => [column],
  plan: (constraint, columns, rowCount) => {
    if (!(constraint.step > 0)) throw new TypeError('its step is not above 0');
    const known = requireColumn(columns, constraint.column);
    if (measuredKind(known) !== 'number')
      throw new TypeError(`column "${constraint.column}" holds no numbers`);
    const values = Float64Array.from({ length: rowCount }, (_, row) =>
      Math.round(numberAt(known.column, row) / constraint.step),
    );
    const holds = (row: number): boolean => increments.holds(constraint, () => cellAt(known.column, row));
    return {
      violations: countViolations(rowCount, holds),
      learned: [numbersNamed(stepsName(constraint), 'number', { decimals: 0, values })],
      dropped: [constraint.column],
      facts: { ...noFacts, decimals: decimalsOfStep(constraint.step) },
    };
  },
  restore: (constraint, columns, { decimals }) => {
    const name = stepsName(constraint);
    const values = Float64Array.from({ length: lengthOf(columns, name) }, (_, row) => {
      const steps = Math.round(read(columns, name, row));
      return Number.isNaN(steps) ? NaN : round(steps * constraint.step, decimals);
    });
    return new Map([[constraint.column, numberColumn('number', values)]]);
  },
  holds: ({ column, step }, cell) => {
    const value = cell(column);
    return typeof value !== 'number' || Math.abs(value / step - Math.round(value / step)) < 1e-9;
  },
};

export const sum: ConstraintKind<Of<'sum'>> = {
  reads: ({ parts }) => parts,
  writes: ({ total }) => [total],
  plan: (constraint, columns, rowCount) => {
    const parts = constraint.parts.map((name) => requireColumn(columns, name));
    const known = new Map([
      [constraint.total, requireColumn(columns, constraint.total)],
      ...constraint.parts.map((name, at): [string, KnownColumn | undefined] => [name, parts[at]]),
    ]);
    for (const each of known.values())
      if (each && measuredKind(each) !== 'number') throw new TypeError('its columns are not all numbers');
    const holds = (row: number): boolean =>
      sum.holds(constraint, (name) => {
        const each = known.get(name);
        return each ? cellAt(each.column, row) : null;
      });
    return {
      violations: countViolations(rowCount, holds),
      learned: [],
      dropped: [constraint.total],
      facts: { ...noFacts, decimals: Math.max(...parts.map(decimalsIn)) },
    };
  },
  restore: ({ total, parts }, columns, { decimals }) => {
    const values = Float64Array.from({ length: lengthOf(columns, parts[0] ?? '') }, (_, row) => {
      const value = parts.reduce((result, name) => result + read(columns, name, row), 0);
      return Number.isNaN(value) ? NaN : round(value, decimals);
    });
    return new Map([[total, numberColumn('number', values)]]);
  },
  holds: ({ total, parts }, cell) => {
    const added = parts.map(cell);
    if (added.includes(null)) return cell(total) === null;
    const expected = added.reduce<number>((result, part) => result + Number(part), 0);
    return Math.abs(Number(cell(total) ?? NaN) - expected) < 1e-6 * Math.max(1, Math.abs(expected));
  },
};

function decimalsOfStep(step: number): number {
  let decimals = 0;
  while (decimals < 9 && Number(step.toFixed(decimals)) !== step) decimals += 1;
  return decimals;
}

function numbersNamed(
  name: string,
  type: 'number',
  { decimals, values }: { decimals: number; values: Float64Array },
): KnownColumn {
  return { schema: { name, type, decimals, missingMarkers: [''] }, column: numberColumn('number', values) };
}
