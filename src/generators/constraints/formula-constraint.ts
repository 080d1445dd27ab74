import { categoryColumn, cellAt, numberColumn } from './column-cells.js';
import type { ColumnCell } from './column-cells.js';
import type { Constraint } from './constraint.js';
import { parseFormula } from './formula/parse-formula.js';
import { countViolations, decimalsIn, noFacts, requireColumn } from './planned-constraint.js';
import type { Columns, ConstraintKind } from './planned-constraint.js';

type FormulaConstraint = Extract<Constraint, { readonly type: 'formula' }>;

/** The column is not learned but reckoned, so that it is what the formula says in every row. */
export const formula: ConstraintKind<FormulaConstraint> = {
  reads: ({ formula: text }) => parseFormula(text).columns,
  writes: ({ column }) => [column],
  plan: (constraint, columns, rowCount) => {
    const target = requireColumn(columns, constraint.column);
    const read = parseFormula(constraint.formula).columns;
    if (read.includes(constraint.column))
      throw new TypeError(`its formula has "${constraint.column}" itself`);
    const known = new Map([...read, constraint.column].map((name) => [name, requireColumn(columns, name)]));
    const { kind: held } = target.column;
    const isText = held === 'category' || held === 'text';
    const kind = isText ? 'number' : held;
    const decimals = decimalsIn(target);
    const cell =
      (row: number) =>
      (name: string): ColumnCell => {
        const found = known.get(name);
        return found ? cellAt(found.column, row) : null;
      };
    const { valueOf } = parseFormula(constraint.formula);
    const holds = (row: number): boolean => {
      const value = rounded(valueOf(cell(row)), isText, decimals);
      return isSame(cell(row)(constraint.column), value, decimals);
    };
    return {
      violations: countViolations(rowCount, holds),
      learned: [],
      dropped: [constraint.column],
      facts: { ...noFacts, kind, isText, decimals },
    };
  },
  restore: (constraint, columns, { kind, isText, decimals }) => {
    const { valueOf } = parseFormula(constraint.formula);
    const cells = Array.from({ length: rowsOf(columns) }, (_, row) =>
      rounded(
        valueOf((name) => {
          const column = columns.get(name);
          return column ? cellAt(column, row) : null;
        }),
        isText,
        decimals,
      ),
    );
    if (!isText) {
      const numbers = Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : NaN));
      return new Map([[constraint.column, numberColumn(kind, numbers)]]);
    }
    const texts = cells.map((cell) => (cell === null ? null : String(cell)));
    const dictionary = [...new Set(texts.filter((text) => text !== null))].sort();
    return new Map([[constraint.column, categoryColumn(texts, dictionary)]]);
  },
  holds: (constraint, cell) => {
    const value = parseFormula(constraint.formula).valueOf(cell);
    const own = cell(constraint.column);
    if (typeof value === 'number' && typeof own === 'number')
      return Math.abs(own - value) <= 0.5 * 10 ** -decimalsOf(own) + 1e-9 * Math.abs(value);
    return own === (typeof value === 'boolean' ? String(value) : value);
  },
};

function rowsOf(columns: Columns): number {
  const [first] = columns.values();
  return first ? (first.kind === 'category' ? first.codes.length : first.values.length) : 0;
}

/** @throws {TypeError} when the formula gives a text where numbers are, or the other way round */
function rounded(value: number | string | boolean | null, isText: boolean, decimals: number): ColumnCell {
  if (value === null) return null;
  if (isText === (typeof value === 'number'))
    throw new TypeError(
      `its formula gives ${JSON.stringify(value)}, which is no ${isText ? 'text' : 'number'}`,
    );
  if (typeof value !== 'number') return String(value);
  return Number(value.toFixed(decimals)) + 0;
}

function isSame(cell: ColumnCell, value: ColumnCell, decimals: number): boolean {
  if (typeof cell !== 'number' || typeof value !== 'number') return cell === value;
  // A half may have been rounded either way.
  return Math.abs(cell - value) <= 10 ** -decimals * 1.000001;
}

function decimalsOf(value: number): number {
  return /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
}
