import type { PatientRecord, RecordSource } from '../../core/events/patient-record.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { bindTables } from './bind-tables.js';
import type { BoundTable } from './bind-tables.js';
import type { MappingCoverage } from './coverage.js';
import { coverageOf } from './coverage-of.js';
import { PersonMapper } from './map-person.js';
import type { MappingRun } from './map-person.js';
import { MappedRowError } from './mapping-error.js';
import type { ReadMapping } from './read-mapping.js';
import { findPeople, personsNamed, RowGroups } from './row-groups.js';
import type { People } from './row-groups.js';
import { planTable } from './table-plan.js';
import type { TablePlan } from './table-plan.js';
import { Tally } from './tally.js';

/** The records that a mapping makes of tables; they can be read once. */
export interface MappedTables extends RecordSource {
  /** @throws {Error} before the records were read to their end */
  coverage(): MappingCoverage;
}

/**
 * Makes patient events of tables as a mapping says, one record a person, in the order in which persons come first.
 * Keys are numbered anew: no key of a table is in a record. In memory are the mapped columns as their source gives
 * them (4 bytes a cell and the different texts, where they are categories), 8 bytes a row, and one person.
 * @param sources by the names of the tables
 * @throws {MappingError} at once, for tables and columns that are not there
 * @throws {MappedRowError} while records are read, for cells that are not what the mapping says they are
 */
export async function mapTables(
  read: ReadMapping,
  sources: ReadonlyMap<string, ColumnSource>,
): Promise<MappedTables> {
  const tally = new Tally();
  const bound = await bindTables(read, sources);
  const plans = bound.map((table) => planTable(read.mapping, table, tally));
  const { conflicts } = read.mapping;
  const run: MappingRun = { conflicts, tally, differing: new Map(), rowsUsed: new Map() };
  const counts = { persons: 0, dead: 0, encounters: 0, events: new Map<string, number>() };
  let begun = false;
  let finished = false;
  async function* records(): AsyncGenerator<PatientRecord> {
    if (begun) throw new Error('The records of mapped tables can be read once.');
    begun = true;
    for (const record of recordsOf(plans, run)) {
      counts.persons += 1;
      counts.dead += record.person.death ? 1 : 0;
      counts.encounters += record.encounters.length;
      for (const { kind } of record.events) counts.events.set(kind, (counts.events.get(kind) ?? 0) + 1);
      yield await Promise.resolve(record);
    }
    finished = true;
  }
  const afterwards = <T>(value: () => T): T => {
    if (!finished) throw new Error('The records were not read to their end.');
    return value();
  };
  return {
    records: records(),
    directory: () => afterwards(() => ({ organisations: [], locations: [], practitioners: [] })),
    coverage: () => afterwards(() => coverageOf({ read, plans, run, counts, names: [...sources.keys()] })),
  };
}

function* recordsOf(plans: readonly TablePlan[], run: MappingRun): Generator<PatientRecord> {
  const home = plans.find(({ person }) => person !== undefined);
  if (!home) throw new RangeError('A checked mapping has no table of persons.');
  const people = findPeople(home.table);
  const groups = plans.map((plan) => {
    const personOf = plan === home ? people.personOf : personsOf(plan.table, people, run);
    return { plan, rows: new RowGroups(personOf, people.count, plan.order) };
  });
  for (let person = 0; person < people.count; person += 1) {
    const mapper = new PersonMapper(run, `p${person + 1}`);
    const record = mapper.map(groups.map(({ plan, rows }) => ({ plan, rows: rows.of(person) })));
    if (record) yield record;
  }
}

function personsOf(table: BoundTable, people: People, run: MappingRun): Int32Array {
  const personOf = personsNamed(table, people);
  for (const [row, person] of personOf.entries()) {
    if (person >= 0) continue;
    const { name, key } = table.mapping;
    if (run.conflicts === 'refuse') {
      const place = { table: name, row: row + 1, ...(key === undefined ? {} : { column: key }) };
      throw new MappedRowError(place, 'row of no person.');
    }
    run.tally.leaveOut(name, 'row of no person');
  }
  return personOf;
}
