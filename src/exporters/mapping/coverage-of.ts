import type { MappingCoverage, TableCoverage, ValueCoverage } from './coverage.js';
import type { MappingRun } from './map-person.js';
import type { Mapping } from './mapping.js';
import type { ReadMapping } from './read-mapping.js';
import type { TablePlan } from './table-plan.js';
import type { ValueTally } from './tally.js';

/** More different values than these are not listed; of what is not listed, the most frequent ones are. */
const valuesListedMost = 1000;

interface Counted {
  readonly read: ReadMapping;
  readonly plans: readonly TablePlan[];
  readonly run: MappingRun;
  readonly counts: {
    readonly persons: number;
    readonly dead: number;
    readonly encounters: number;
    readonly events: ReadonlyMap<string, number>;
  };
  /** Of all tables there are. */
  readonly names: readonly string[];
}

/** Puts together what was counted while the records were made. */
export function coverageOf({ read, plans, run, counts, names }: Counted): MappingCoverage {
  const { mapping } = read;
  const mapped = new Set(mapping.tables.map(({ name }) => name));
  return {
    title: mapping.title,
    rules: Object.entries(mapping.rules ?? {}).map(([name, { kind, says }]) => ({
      ...{ name, kind, says },
      usedAt: [...(run.tally.rules.get(name) ?? [])],
    })),
    tables: plans.map((plan) => tableCoverage(plan, run)),
    tablesUnmapped: names.filter((name) => !mapped.has(name)),
    valueMaps: run.tally.values.map((tally) => valueCoverage(tally, mapping)),
    eventRules: run.tally.events,
    leftOut: run.tally.leftOut(),
    differing: [...run.differing].map(([{ table, name }, persons]) => ({ table, column: name, persons })),
    ...{ persons: counts.persons, dead: counts.dead, encounters: counts.encounters },
    events: Object.fromEntries(counts.events),
  };
}

function tableCoverage(plan: TablePlan, { rowsUsed }: MappingRun): TableCoverage {
  const { mapping, rowCount, columnNames, cells, lacking } = plan.table;
  return {
    ...{ name: mapping.name, rows: rowCount, rowsWithoutEvent: rowCount - (rowsUsed.get(plan) ?? 0) },
    columnsMapped: columnNames.filter((name) => cells.has(name)),
    columnsUnmapped: columnNames.filter((name) => !cells.has(name)),
    columnsLacking: lacking,
  };
}

function valueCoverage(
  { path, table, column, map, missing, values }: ValueTally,
  mapping: Mapping,
): ValueCoverage {
  const listed = [...values].map(([value, { count, verdict }]) => ({ value, count, verdict }));
  listed.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const named = Object.keys((map === null ? undefined : mapping.valueMaps?.[map])?.values ?? {});
  return {
    ...{ path, table, column, map, missing },
    values: listed.slice(0, valuesListedMost),
    unused: named.filter((value) => !values.has(value)),
  };
}
