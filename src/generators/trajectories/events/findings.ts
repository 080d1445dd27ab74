import { observationCategories } from '../../../core/events/categories.js';
import type { Value } from '../../../core/events/coded.js';
import type { ObservationEvent, ReportEvent } from '../../../core/events/patient-event.js';
import { observationKinds } from '../record/rows.js';
import { fromRows, type EventContext } from './event-context.js';
import { secondAt } from './times.js';
import { isUcum } from './ucum.js';

type Category = ObservationEvent['category'];
/** More digits than that are not measured. */
const significantDigits = 5;

/** What was found, a group with its parts; nothing for what was asked for and has no value. */
export function observationsOf(context: EventContext): ObservationEvent[] {
  const { patient, window, coder } = context;
  const rows = patient.record.observations;
  const parts = componentsOf(context);
  const hasValue = (row: number): boolean => {
    return rows.kind.at(row) === observationKinds.group ? parts.has(row) : valueAt(context, row) !== null;
  };
  const isGiven = (row: number): boolean =>
    rows.parent.at(row) < 0 && window.hasMoment(rows.start.at(row)) && hasValue(row);
  return fromRows(rows.count, isGiven, (row) => {
    const value = valueAt(context, row);
    return {
      kind: 'observation',
      key: context.key('observation', row),
      encounter: context.encounter(rows.encounter.at(row)),
      start: secondAt(rows.start.at(row)),
      codes: coder.list(rows.codes.at(row)),
      category: categoryOf(coder.word(rows.category.at(row))),
      ...(value !== null && { value }),
      components: parts.get(row) ?? [],
    };
  });
}

/** Modules may leave it out; one that is not known is refused when they are compiled. */
function categoryOf(word: string | undefined): Category {
  return observationCategories.find((one) => one === word) ?? 'exam';
}

/** The parts with a value by the row of their group. */
function componentsOf(context: EventContext): ReadonlyMap<number, ObservationEvent['components']> {
  const { observations: rows } = context.patient.record;
  const parts = new Map<number, ObservationEvent['components'][number][]>();
  for (let row = 0; row < rows.count; row += 1) {
    const parent = rows.parent.at(row);
    const value = parent < 0 ? null : valueAt(context, row);
    if (value === null) continue;
    const part = { codes: context.coder.list(rows.codes.at(row)), value };
    const known = parts.get(parent);
    if (known === undefined) parts.set(parent, [part]);
    else known.push(part);
  }
  return parts;
}

function valueAt({ patient, coder }: EventContext, row: number): Value | null {
  const rows = patient.record.observations;
  const kind = rows.kind.at(row);
  if (kind === observationKinds.number)
    return numberWithUnit(rows.number.at(row), coder.word(rows.unit.at(row)) ?? '');
  if (kind === observationKinds.code) return { kind: 'coded', coded: coder.code(rows.code.at(row)) };
  if (kind !== observationKinds.text) return null;
  const text = rows.text.at(row) ?? '';
  // A record keeps truth as a word.
  if (text === 'true' || text === 'false') return { kind: 'boolean', boolean: text === 'true' };
  return { kind: 'text', text };
}

function numberWithUnit(number: number, unit: string): Value {
  const value = Number.isInteger(number) ? number : Number(number.toPrecision(significantDigits));
  return { kind: 'quantity', quantity: { value, ...(unit !== '' && { unit }), isUcum: isUcum(unit) } };
}

/** Reports with the observations that they put together. */
export function reportsOf(context: EventContext, found: readonly ObservationEvent[]): ReportEvent[] {
  const { patient, window, coder } = context;
  const { reports, observations } = patient.record;
  const given = new Set(found.map(({ key }) => key));
  const results = new Map<number, string[]>();
  for (let row = 0; row < observations.count; row += 1) {
    const [report, key] = [observations.report.at(row), context.key('observation', row)];
    if (report < 0 || !given.has(key)) continue;
    const known = results.get(report);
    if (known === undefined) results.set(report, [key]);
    else known.push(key);
  }
  const isGiven = (row: number): boolean => window.hasMoment(reports.start.at(row));
  return fromRows(reports.count, isGiven, (row) => ({
    kind: 'report',
    key: context.key('report', row),
    encounter: context.encounter(reports.encounter.at(row)),
    start: secondAt(reports.start.at(row)),
    codes: coder.list(reports.codes.at(row)),
    results: results.get(row) ?? [],
  }));
}
