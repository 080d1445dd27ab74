import type { Code } from '../codes.js';
import { PackError, readRecords } from '../tables/read-records.js';
import type { Sex } from '../growth/growth-charts.js';

/** Doses of one vaccine. */
export interface VaccineSeries {
  readonly name: string;
  readonly code: Code;
  /** Months of age at which each dose is due, rising. */
  readonly dueMonths: readonly number[];
  /** Given again each year: a dose that was missed is not made up for. */
  readonly isYearly: boolean;
  /** Months after a dose was due within which it is made up for. */
  readonly withinMonths: number;
  readonly sex: Sex | null;
  /** Nobody has it before this moment, or after `until` (milliseconds since 1970). */
  readonly from: number;
  readonly until: number;
  /** Only for those born from and until then. */
  readonly bornFrom: number;
  readonly bornUntil: number;
}

/** The usual span in which a dose is made up for. */
const catchUpMonths = 48;

/** A schedule as a CSV table (content/immunisation). @throws {PackError} naming the line */
export function readSchedule(text: string, file: string): readonly VaccineSeries[] {
  return readRecords(text, file).map((record) => {
    const time = (column: string, otherwise: number): number => {
      const cell = record.text(column);
      if (cell === '') return otherwise;
      const parsed = Date.parse(`${cell}T00:00:00Z`);
      if (Number.isNaN(parsed)) throw new PackError(`${file}: ${column} "${cell}" is not a date.`);
      return parsed;
    };
    const sex = record.text('sex');
    const within = record.text('within_months');
    return {
      name: record.text('series'),
      code: { system: 'CVX', code: record.text('cvx'), display: record.text('display') },
      ...dueMonths(record.text('due_months'), file),
      withinMonths: within === '' ? catchUpMonths : record.number('within_months'),
      sex: sex === 'M' || sex === 'F' ? sex : null,
      from: time('from', -Infinity),
      until: time('until', Infinity),
      bornFrom: time('born_from', -Infinity),
      bornUntil: time('born_until', Infinity),
    };
  });
}

/** A list such as `2 4 12`, or `6..1200/12`: from 6 to 1200, every 12 months. */
function dueMonths(text: string, file: string): Pick<VaccineSeries, 'dueMonths' | 'isYearly'> {
  const run = /^(\d+)\.\.(\d+)\/(\d+)$/.exec(text);
  if (run !== null) {
    const [first, last, every] = [Number(run[1]), Number(run[2]), Number(run[3])];
    const doses = Math.floor((last - first) / every) + 1;
    return { dueMonths: Array.from({ length: doses }, (_, dose) => first + dose * every), isYearly: true };
  }
  const months = text.split(' ').map(Number);
  if (months.some((month) => !Number.isFinite(month)))
    throw new PackError(`${file}: "${text}" is not a list of months.`);
  return { dueMonths: months, isYearly: false };
}
