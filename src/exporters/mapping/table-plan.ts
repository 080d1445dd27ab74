import type { Coded, Value } from '../../core/events/coded.js';
import type { EncounterClass } from '../../core/events/encounter.js';
import type { Moment } from '../../core/events/moment.js';
import type { Sex } from '../../core/events/person.js';
import type { BoundTable } from './bind-tables.js';
import type { Cells } from './cells.js';
import type { CodeSource, EventMapping, Mapping, PersonMapping, ValueSource } from './mapping.js';
import { birthYear, parseDay } from './moments.js';
import { momentAt, Resolver } from './resolver.js';
import type { Resolve, RowContext } from './resolver.js';
import type { EventTally, Tally } from './tally.js';
import { pathText } from './yaml-places.js';
import type { Path } from './yaml-places.js';

/** A mapping of one table, ready to be asked about rows. */
export interface TablePlan {
  readonly table: BoundTable;
  readonly order: Cells | null;
  readonly person?: PersonPlan;
  readonly encounter?: EncounterPlan;
  readonly death?: DeathPlan;
  readonly events: readonly EventPlan[];
}

const personCodes = ['ethnicity', 'race', 'language', 'maritalStatus'] as const;
type PersonCode = (typeof personCodes)[number];
const encounterCodes = ['reason', 'admittedFrom', 'dischargedTo'] as const;

export interface PersonPlan {
  readonly sex: Resolve<Sex>;
  birth(row: number): Moment | null;
  readonly codes: readonly (readonly [PersonCode, Resolve<Coded>])[];
  readonly moments: readonly (readonly [string, Resolve<Moment>])[];
  /** The columns that ought to be the same in all rows of a person. */
  readonly columns: readonly Cells[];
}

interface EncounterPlan {
  readonly key: Cells | null;
  readonly class: Resolve<EncounterClass>;
  readonly start: Resolve<Moment>;
  readonly end: ((context: RowContext, start: Moment) => Moment | null) | null;
  readonly code: Resolve<Coded> | null;
  readonly codes: readonly (readonly [(typeof encounterCodes)[number], Resolve<Coded>])[];
}

interface DeathPlan {
  applies(row: number): boolean;
  readonly at: Resolve<Moment>;
  readonly cause: Resolve<Coded> | null;
}

export interface EventPlan {
  readonly spec: EventMapping;
  readonly tally: EventTally;
  applies(row: number): boolean;
  readonly code: Resolve<Coded>;
  readonly value: Resolve<Value> | null;
  readonly reason: Resolve<Coded> | null;
  readonly start: Resolve<Moment>;
  readonly end: Resolve<Moment> | null;
  /** The column that names an encounter. */
  readonly encounters: Cells | null;
}

export function planTable(mapping: Mapping, table: BoundTable, tally: Tally): TablePlan {
  const resolver = new Resolver(mapping, table, tally);
  const { person, encounter, death, events = [], order } = table.mapping;
  return {
    table,
    order: order === undefined ? null : resolver.cells(order),
    ...(person ? { person: planPerson(resolver, person) } : {}),
    ...(encounter ? { encounter: planEncounter(resolver) } : {}),
    ...(death ? { death: planDeath(resolver) } : {}),
    events: events.flatMap((event, index) => planEvents(resolver, event, [...table.path, 'events', index])),
  };
}

function planPerson(resolver: Resolver, person: PersonMapping): PersonPlan {
  const path: Path = [...resolver.table.path, 'person'];
  const named = [person.sex, person.birth, ...personCodes.map((name) => person[name])].flatMap(columnOf);
  return {
    sex: resolver.word<Sex>(person.sex, [...path, 'sex']),
    birth: planBirth(resolver, person.birth, [...path, 'birth']),
    codes: personCodes.flatMap((name) => {
      const source = person[name];
      return source ? [[name, resolver.code(source, [...path, name])] as const] : [];
    }),
    moments: Object.entries(person.moments ?? {}).map(
      ([name, source]) => [name, resolver.moment(source, [...path, 'moments', name])] as const,
    ),
    columns: [...new Set(named)].flatMap((name) => resolver.cells(name) ?? []),
  };
}

function columnOf(source: { readonly column?: string } | object = {}): string[] {
  return 'column' in source ? [source.column] : [];
}

function planBirth(
  resolver: Resolver,
  { column, form, rule: name }: PersonMapping['birth'],
  path: Path,
): (row: number) => Moment | null {
  if (column === undefined) {
    const moment = resolver.moment({ ...(name === undefined ? {} : { rule: name }) }, path);
    const context = { birth: { ms: 0, precision: 'year' }, moments: new Map<string, Moment>() } as const;
    return (row) => moment({ ...context, row });
  }
  const rule = name === undefined ? null : resolver.ruleNamed(name, path);
  const cells = resolver.cells(column);
  if (!cells) return () => null;
  if (form === 'date' || form === 'year') return (row) => momentAt(cells, row, form);
  if (rule?.kind !== 'age') throw new RangeError('A checked mapping has an age without its rule.');
  const at = parseDay(rule.at);
  return (row) => {
    const age = form === 'age' ? cells.number(row) : ageOfBand(cells, row, rule.band);
    if (age === null || !at) return null;
    if (age < 0 || age > 150) throw cells.refuse(row, 'the cell is no age in years.');
    return birthYear(at, age);
  };
}

/** Of [60-70): 60, or the middle, 65. @throws {MappedRowError} when the cell is no band of ages */
function ageOfBand(cells: Cells, row: number, band: 'lowest' | 'middle' = 'lowest'): number | null {
  const text = cells.text(row);
  if (text === null) return null;
  const [, low, high] = /^\[(\d+)\s*[-,]\s*(\d+)\)$/.exec(text) ?? [];
  if (low === undefined || high === undefined || Number(high) <= Number(low))
    throw cells.refuse(row, 'the cell is no band of ages such as [60-70).');
  return band === 'lowest' ? Number(low) : Math.floor((Number(low) + Number(high)) / 2);
}

function planEncounter(resolver: Resolver): EncounterPlan {
  const encounter = resolver.table.mapping.encounter;
  if (!encounter) throw new RangeError('Rows of this table are no encounters.');
  const path: Path = [...resolver.table.path, 'encounter'];
  const end = encounter.end ? resolver.moment(encounter.end, [...path, 'end']) : null;
  const stay = encounter.lengthOfStay ? resolver.later(encounter.lengthOfStay) : null;
  return {
    key: encounter.key === undefined ? null : resolver.cells(encounter.key),
    class: resolver.word<EncounterClass>(encounter.class, [...path, 'class']),
    start: resolver.moment(encounter.start, [...path, 'start']),
    end: stay ? ({ row }, start) => stay(start, row) : end,
    code: optionalCode(resolver, encounter.code, [...path, 'code']),
    codes: encounterCodes.flatMap((name) => {
      const source = encounter[name];
      return source ? [[name, resolver.code(source, [...path, name])] as const] : [];
    }),
  };
}

function planDeath(resolver: Resolver): DeathPlan {
  const death = resolver.table.mapping.death;
  if (!death) throw new RangeError('This table knows of no death.');
  const path: Path = [...resolver.table.path, 'death'];
  return {
    applies: resolver.conditions(death.when),
    at: resolver.moment(death.at, [...path, 'at']),
    cause: optionalCode(resolver, death.cause, [...path, 'cause']),
  };
}

/** One plan for an event with a code, one for each column of an exploded one. */
function planEvents(resolver: Resolver, spec: EventMapping, path: Path): EventPlan[] {
  if (spec.explode === undefined) {
    if (spec.code === undefined) throw new RangeError('A checked event has neither code nor columns.');
    const part = { path, eventPath: path, code: spec.code, value: spec.value, column: null };
    return [planEvent(resolver, spec, part)];
  }
  return Object.entries(spec.explode).map(([column, { code, ...parts }]) => {
    const value = spec.kind === 'observation' ? { ...parts, column } : undefined;
    const own = [...path, 'explode', column];
    return planEvent(resolver, spec, { path: own, eventPath: path, code, value, column });
  });
}

interface EventPart {
  readonly path: Path;
  /** That of the event which the column is exploded from. */
  readonly eventPath: Path;
  readonly code: CodeSource;
  readonly value: ValueSource | undefined;
  /** The exploded one. */
  readonly column: string | null;
}

function planEvent(resolver: Resolver, spec: EventMapping, part: EventPart): EventPlan {
  const { path, eventPath, code, value, column } = part;
  const { when = [], end, encounter } = spec;
  const own = column === null || spec.cells === undefined ? [] : [{ column, in: spec.cells }];
  const exploded = column === null ? null : resolver.cells(column);
  const allowed = resolver.conditions([...when, ...own]);
  const place = { path: pathText(path), table: resolver.table.mapping.name, kind: spec.kind, column };
  return {
    spec,
    tally: resolver.tally.eventsAt(place),
    applies: (row) => allowed(row) && (column === null || (exploded?.text(row) ?? null) !== null),
    code: resolver.code(code, [...path, 'code']),
    value: value ? resolver.value(value, [...path, 'value']) : null,
    reason: optionalCode(resolver, spec.reason, [...eventPath, 'reason']),
    start: resolver.moment(spec.start, [...eventPath, 'start']),
    end: end ? resolver.moment(end, [...eventPath, 'end']) : null,
    encounters: typeof encounter === 'object' ? resolver.cells(encounter.column) : null,
  };
}

function optionalCode(resolver: Resolver, source: CodeSource | undefined, path: Path): Resolve<Coded> | null {
  return source ? resolver.code(source, path) : null;
}
