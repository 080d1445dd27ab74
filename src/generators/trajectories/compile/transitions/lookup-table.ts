import type { Place } from '../../library/fields.js';
import type { Problem } from '../../library/problem.js';

/** One row of a table: it holds from `low` to `high`, in years of age or milliseconds, both included. */
export interface LookupRow {
  readonly ageLow: number;
  readonly ageHigh: number;
  readonly timeLow: number;
  readonly timeHigh: number;
  /** The share of each target, in the order in which the targets were asked for. */
  readonly shares: readonly number[];
}

export interface LookupTable {
  /** The attributes whose values a row names exactly; their values joined are the key of {@link rows}. */
  readonly attributes: readonly string[];
  readonly hasAge: boolean;
  readonly hasTime: boolean;
  readonly rows: ReadonlyMap<string, readonly LookupRow[]>;
}

export const keySeparator = '\u0000';

export interface LookupSource {
  readonly name: string;
  readonly text: string;
  readonly targets: readonly string[];
  readonly place: Place;
  readonly problems: Problem[];
}

/** Reads a lookup table: columns of attributes (`age` and `time` are intervals), then one column for each target. */
export function parseLookupTable({ name, text, targets, place, problems }: LookupSource): LookupTable {
  const refuse = (line: number, message: string): void => {
    const { file, state, field } = place;
    problems.push({ severity: 'error', file, state, field, message: `${name}, line ${line}: ${message}` });
  };
  const [header = [], ...lines] = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()));
  const at = (column: string): number => header.indexOf(column);
  for (const target of targets) if (at(target) < 0) refuse(1, `there is no column "${target}".`);
  const attributes = header.filter(
    (column) => !targets.includes(column) && column !== 'age' && column !== 'time',
  );
  const rows = new Map<string, LookupRow[]>();
  lines.forEach((cells, index) => {
    const key = attributes.map((column) => cells[at(column)] ?? '').join(keySeparator);
    const row = parseRow(cells, { at, targets });
    if (typeof row === 'string') refuse(index + 2, row);
    else rows.set(key, [...(rows.get(key) ?? []), row]);
  });
  return { attributes, hasAge: at('age') >= 0, hasTime: at('time') >= 0, rows };
}

/** @returns the row, or what is wrong with it */
function parseRow(
  cells: readonly string[],
  { at, targets }: { at: (column: string) => number; targets: readonly string[] },
): LookupRow | string {
  const shares = targets.map((target) => Number(cells[at(target)] ?? NaN));
  if (!shares.every(Number.isFinite)) return 'a share is not a number.';
  const age = interval(at('age') < 0 ? null : (cells[at('age')] ?? ''));
  const time = interval(at('time') < 0 ? null : (cells[at('time')] ?? ''));
  if (age === null) return '"age" is not "low-high".';
  if (time === null) return '"time" is not "low-high".';
  if (age.low > age.high || time.low > time.high) return 'an interval ends before it begins.';
  return { ageLow: age.low, ageHigh: age.high, timeLow: time.low, timeHigh: time.high, shares };
}

/** `lo-hi` in numbers or in dates (yyyy-mm-dd, midnight UTC). */
function interval(text: string | null): { low: number; high: number } | null {
  if (text === null) return { low: -Infinity, high: Infinity };
  const numbers = /^(\d+)-(\d+)$/.exec(text);
  if (numbers) return { low: Number(numbers[1]), high: Number(numbers[2]) };
  const dates = /^(\d{4}-\d{2}-\d{2})-(\d{4}-\d{2}-\d{2})$/.exec(text);
  return dates ? { low: Date.parse(dates[1] ?? ''), high: Date.parse(dates[2] ?? '') } : null;
}
