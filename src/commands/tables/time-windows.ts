import { timeReadings } from '../../generators/relational/dataset.js';
import type { TimeReference, TimeWindow } from '../../generators/relational/dataset.js';
import { StartRefused } from '../start-refused.js';

/**
 * `[{"table", "column", "notBefore": {"table", "column", "reads"?}, "notAfter"?}]`; "reads" is "value" unless it is
 * "year" (a calendar year) or "age" (years at day zero).
 * @throws {StartRefused} that names the place
 */
export function parseTimeWindows(value: unknown, file: string): readonly TimeWindow[] {
  if (!Array.isArray(value)) throw new StartRefused(`${file} is not a list of windows.`);
  return value.map((each: unknown, place) => {
    const window = recordOf(each, `${file}: [${place}]`);
    const at = `${file}: [${place}]`;
    const { notBefore, notAfter } = window;
    if (notBefore === undefined && notAfter === undefined)
      throw new StartRefused(`${at} has neither "notBefore" nor "notAfter".`);
    return {
      table: textIn(window, 'table', at),
      column: textIn(window, 'column', at),
      ...(notBefore === undefined ? {} : { notBefore: parseReference(notBefore, `${at}.notBefore`) }),
      ...(notAfter === undefined ? {} : { notAfter: parseReference(notAfter, `${at}.notAfter`) }),
    };
  });
}

function parseReference(value: unknown, at: string): TimeReference {
  const reference = recordOf(value, at);
  const given = reference['reads'] ?? 'value';
  const reads = timeReadings.find((reading) => reading === given);
  if (reads === undefined) throw new StartRefused(`${at}: "reads" is none of ${timeReadings.join(', ')}.`);
  return { table: textIn(reference, 'table', at), column: textIn(reference, 'column', at), reads };
}

function recordOf(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new StartRefused(`${at} is not an object.`);
  return value as Readonly<Record<string, unknown>>;
}

function textIn(record: Readonly<Record<string, unknown>>, name: string, at: string): string {
  const value = record[name];
  if (typeof value !== 'string') throw new StartRefused(`${at}: "${name}" is not a text.`);
  return value;
}
