import type { Directory } from '../../events/directory.js';
import type { Encounter, Stay } from '../../events/encounter.js';
import type { PatientEvent } from '../../events/patient-event.js';
import type { PatientRecord, RecordSource } from '../../events/patient-record.js';
import type { DuckDb } from '../../files/duckdb.js';
import { nameLiteral } from '../../files/sql-literal.js';
import type { OmopSource } from '../source/load-tables.js';
import { OmopSourceError } from '../source/omop-source-error.js';
import { eventSql, knownConceptsSql } from './event-sql.js';
import { eventTables } from './event-tables.js';
import type { EventTable, EventTableName } from './event-tables.js';
import { PersonRows, rowsOf } from './person-rows.js';
import type { ReadRow } from './person-rows.js';
import { readEncounter, readEvent, readStay } from './read-event.js';
import { personSql, readPerson, textIn } from './read-person.js';
import { refuseMisfits } from './refuse-misfits.js';

/** What became of the rows of one table. */
interface RowsRead {
  readonly table: string;
  readonly rows: number;
  /** Rows that are in the records; the others name nobody who is there, have no date, or are of a table that is not read. */
  readonly carried: number;
}

export interface OmopRecords extends RecordSource {
  /** By table. @throws {Error} before the records were read to their end */
  rowsRead(): readonly RowsRead[];
}

/** Nobody is referred to: names of places and people stay where they are. */
const emptyDirectory: Directory = { organisations: [], locations: [], practitioners: [] };

/**
 * The records of a source as patient events, one person at a time in the order of their ids. Keys are numbered anew, so
 * that no id of the source is in them; concepts become the codes that the source's vocabulary has for them.
 * @throws {OmopSourceError} while reading, when a cell, a column or the table of persons does not allow it
 */
export function readRecords(db: DuckDb, source: OmopSource): OmopRecords {
  const state = { carried: new Map<string, number>(), isRead: false };
  const whenRead = <T>(value: () => T): T => {
    if (!state.isRead) throw new Error('The records were not read to their end.');
    return value();
  };
  const records = async function* (): AsyncGenerator<PatientRecord> {
    yield* readAll(db, source, state.carried);
    state.isRead = true;
  };
  return {
    records: { [Symbol.asyncIterator]: records },
    directory: () => whenRead(() => emptyDirectory),
    rowsRead: () =>
      whenRead(() =>
        [...source.tables.values()]
          .filter(({ table, rows }) => table.part === 'CDM' && rows > 0)
          .map(({ table, rows }) => ({
            table: table.name,
            rows,
            carried: state.carried.get(table.name) ?? 0,
          })),
      ),
  };
}

type EventRows = ReadonlyMap<EventTableName, PersonRows>;

async function* readAll(
  db: DuckDb,
  source: OmopSource,
  carried: Map<string, number>,
): AsyncGenerator<PatientRecord> {
  refuseMisfits(source, neededFields());
  await refuseRepeatedPersons(db);
  await db.query(knownConceptsSql());
  const names = Object.keys(eventTables) as EventTableName[];
  const tables: EventRows = new Map(
    names.flatMap((name) => {
      const event: EventTable = eventTables[name];
      const table = source.tables.get(event.table)?.table;
      return table === undefined ? [] : [[name, new PersonRows(db, eventSql(event, table))] as const];
    }),
  );
  const keys = new KeyNumbers();
  const count = (table: string): void => {
    carried.set(table, (carried.get(table) ?? 0) + 1);
  };
  try {
    for await (const row of rowsOf(db, personSql())) {
      count('person');
      if (row['died'] !== null) count('death');
      yield await readRecord(row, tables, { keys, count });
    }
  } finally {
    for (const rows of tables.values()) await rows.close();
  }
}

interface Numbering {
  readonly keys: KeyNumbers;
  readonly count: (table: string) => void;
}

async function readRecord(
  row: ReadRow,
  tables: EventRows,
  { keys, count }: Numbering,
): Promise<PatientRecord> {
  const id = textIn(row, 'person') ?? '';
  const take = async (name: EventTableName): Promise<ReadRow[]> => (await tables.get(name)?.take(id)) ?? [];
  const person = readPerson(row, keys.next('p'));
  const stays = groupStays(await take('stay'), { keys, count });
  const encounterKeys = new Map<string, string>();
  const encounters: Encounter[] = [];
  for (const visit of await take('visit')) {
    const visitId = textIn(visit, 'key') ?? '';
    const key = keys.next('v');
    const encounter = readEncounter(visit, key, stays.get(visitId) ?? []);
    if (encounter === null) continue;
    encounterKeys.set(visitId, key);
    encounters.push(encounter);
    count('visit_occurrence');
  }
  const events: PatientEvent[] = [];
  for (const kind of ['condition', 'drug', 'procedure', 'device', 'measurement', 'observation'] as const) {
    for (const each of await take(kind)) {
      const encounter = encounterKeys.get(textIn(each, 'visit') ?? '');
      const event = readEvent(kind, each, { key: keys.next('e'), encounter });
      if (event === null) continue;
      events.push(event);
      count(eventTables[kind].table);
    }
  }
  return { person, encounters, events: events.sort((a, b) => a.start.ms - b.start.ms) };
}

/** The stays of each visit; those of no visit of the person are left out. */
function groupStays(rows: readonly ReadRow[], { keys, count }: Numbering): Map<string, Stay[]> {
  const stays = new Map<string, Stay[]>();
  for (const row of rows) {
    const visit = textIn(row, 'visit');
    const stay = visit === null ? null : readStay(row, keys.next('s'));
    if (visit === null || stay === null) continue;
    stays.set(visit, [...(stays.get(visit) ?? []), stay]);
    count('visit_detail');
  }
  return stays;
}

/** New keys: a letter and a number that counts up. */
class KeyNumbers {
  readonly #last = new Map<string, number>();

  next(letter: string): string {
    const number = (this.#last.get(letter) ?? 0) + 1;
    this.#last.set(letter, number);
    return `${letter}${number}`;
  }
}

function neededFields(): ReadonlyMap<string, readonly string[]> {
  return new Map<string, readonly string[]>([
    ['person', ['person_id', 'gender_concept_id', 'year_of_birth']],
    ['death', ['person_id', 'death_date']],
    ...Object.values<EventTable>(eventTables).map(
      ({ table, key, concept, start }) => [table, ['person_id', key, concept, start.date]] as const,
    ),
  ]);
}

async function refuseRepeatedPersons(db: DuckDb): Promise<void> {
  const person = nameLiteral('person');
  const { again } = await db.queryOne(
    `SELECT count(person_id) - count(DISTINCT person_id) AS again FROM ${person}`,
  );
  if (Number(again) > 0)
    throw new OmopSourceError(
      { table: 'person', field: 'person_id' },
      `${Number(again)} rows repeat the id of another.`,
    );
}
