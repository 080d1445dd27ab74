import type { Coded } from '../../../core/events/coded.js';
import type { Moment } from '../../../core/events/moment.js';
import type { EventKind } from '../../../core/events/patient-event.js';
import type { Prescription } from '../compile/prescription.js';
import type { ExportWindow } from '../output/export-window.js';
import type { Patient } from '../population/population.js';
import type { SpanColumns } from '../record/span-columns.js';
import type { Coder } from './coder.js';
import { endOf, secondAt } from './times.js';

/** What the events of one life are made from. */
export interface EventContext {
  readonly patient: Patient;
  readonly window: ExportWindow;
  readonly coder: Coder;
  readonly prescriptions: readonly Prescription[];
  /** The key of the encounter that a row of `encounters` belongs to. */
  readonly encounter: (row: number) => string;
  /** The key of the event of a row. */
  readonly key: (kind: EventKind, row: number) => string;
}

/** What all events have. */
export interface Base<Kind extends EventKind> {
  readonly kind: Kind;
  readonly key: string;
  readonly encounter: string;
  readonly start: Moment;
  readonly codes: readonly Coded[];
}

/** The rows that a predicate holds for, in their order, each made into something. */
export function fromRows<Made>(
  count: number,
  isGiven: (row: number) => boolean,
  make: (row: number) => Made,
): Made[] {
  const made: Made[] = [];
  for (let row = 0; row < count; row += 1) if (isGiven(row)) made.push(make(row));
  return made;
}

/** What all events have, of a row of a table. */
export function baseOf<Kind extends EventKind>(
  { key, encounter, coder }: EventContext,
  kind: Kind,
  table: Pick<SpanColumns, 'encounter' | 'start' | 'codes'>,
  row: number,
): Base<Kind> {
  return {
    ...{ kind, key: key(kind, row), encounter: encounter(table.encounter.at(row)) },
    ...{ start: secondAt(table.start.at(row)), codes: coder.list(table.codes.at(row)) },
  };
}

/** The same with the end, of what lasts. */
export function spanOf<Kind extends EventKind>(
  context: EventContext,
  kind: Kind,
  table: SpanColumns,
  row: number,
): Base<Kind> & { readonly end?: Moment } {
  const end = endOf(table.start.at(row), table.stop.at(row), context.window.last);
  return { ...baseOf(context, kind, table, row), ...end };
}
