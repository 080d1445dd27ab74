import type { Encounter } from '../../core/events/encounter.js';
import type { Moment } from '../../core/events/moment.js';
import type { PatientEvent } from '../../core/events/patient-event.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import type { Person } from '../../core/events/person.js';
import { countDiffering } from './differing.js';
import type { Differing } from './differing.js';
import { makeEvent } from './make-event.js';
import { MappedRowError } from './mapping-error.js';
import { latest } from './moments.js';
import type { RowContext } from './resolver.js';
import type { EventPlan, PersonPlan, TablePlan } from './table-plan.js';
import type { LeftOutReason, Tally } from './tally.js';

/** The rows of one person in every table, in the order of the tables. */
export type PersonRows = readonly { readonly plan: TablePlan; readonly rows: Int32Array }[];

export interface MappingRun {
  readonly conflicts: 'leave-out' | 'refuse';
  readonly tally: Tally;
  readonly differing: Differing;
  /** Rows from which something came, by table. */
  readonly rowsUsed: Map<TablePlan, number>;
}

type Death = NonNullable<Person['death']>;

/** Makes the record of one person from their rows. */
export class PersonMapper {
  readonly #run: MappingRun;
  readonly #person: string;
  readonly #encounterOf = new Map<TablePlan, Map<number, Encounter>>();
  readonly #byKey = new Map<string, Encounter>();
  readonly #moments = new Map<string, Moment>();
  readonly #used = new Map<TablePlan, Set<number>>();
  readonly #events: PatientEvent[] = [];
  #encounters: Encounter[] = [];
  #birth: Moment = { ms: 0, precision: 'year' };
  #death: Death | undefined;

  /** @param person the key of the person in the release */
  constructor(run: MappingRun, person: string) {
    this.#run = run;
    this.#person = person;
  }

  /** Null where the tables do not say when they were born. @throws {MappedRowError} */
  map(tables: PersonRows): PatientRecord | null {
    const home = tables.find(({ plan }) => plan.person !== undefined);
    const [first] = home?.rows ?? [];
    if (!home?.plan.person || first === undefined) return null;
    const { person: plan } = home.plan;
    countDiffering(this.#run.differing, plan.columns, home.rows);
    const birth = plan.birth(first);
    if (!birth) {
      this.#leaveOut(home.plan, first, 'person without birth');
      return null;
    }
    this.#birth = birth;
    for (const [name, resolve] of plan.moments) {
      const moment = resolve(this.#context(first));
      if (moment) this.#moments.set(name, moment);
    }
    for (const table of tables) this.#mapEncounters(table.plan, table.rows);
    for (const table of tables) this.#mapDeaths(table.plan, table.rows);
    this.#endWithDeath();
    for (const table of tables) this.#mapEvents(table.plan, table.rows);
    for (const [table, rows] of this.#used)
      this.#run.rowsUsed.set(table, (this.#run.rowsUsed.get(table) ?? 0) + rows.size);
    const byStart = (a: { start: Moment }, b: { start: Moment }): number => a.start.ms - b.start.ms;
    return {
      person: this.#personOf(plan, first),
      encounters: this.#encounters.sort(byStart),
      events: this.#events.sort(byStart),
    };
  }

  #personOf(plan: PersonPlan, row: number): Person {
    const context = this.#context(row);
    const codes = plan.codes.flatMap(([name, resolve]) => {
      const coded = resolve(context);
      return coded ? [[name, coded] as const] : [];
    });
    return {
      ...{ key: this.#person, sex: plan.sex(context) ?? 'unknown', birth: this.#birth },
      ...(this.#death ? { death: this.#death } : {}),
      ...Object.fromEntries(codes),
      identifiers: [],
    };
  }

  #mapEncounters(plan: TablePlan, rows: Int32Array): void {
    if (!plan.encounter) return;
    const own = new Map<number, Encounter>();
    this.#encounterOf.set(plan, own);
    let previous: Moment | undefined;
    for (const row of rows) {
      const encounter = this.#encounter(plan, this.#context(row, undefined, previous));
      if (!encounter) continue;
      previous = encounter.end ?? encounter.start;
      own.set(row, encounter);
      this.#encounters.push(encounter);
      const key = plan.encounter.key?.text(row) ?? null;
      if (key === null) continue;
      if (this.#byKey.has(key)) this.#leaveOut(plan, row, 'second encounter of its key');
      else this.#byKey.set(key, encounter);
    }
  }

  #encounter(table: TablePlan, context: RowContext): Encounter | null {
    const { encounter: plan } = table;
    const start = plan?.start(context) ?? null;
    const kind = plan?.class(context) ?? null;
    if (!plan || !start || kind === null) return null;
    const end = plan.end?.(context, start) ?? null;
    if (!this.#isOrdered(start, end, table, context.row)) return null;
    const code = plan.code?.(context) ?? null;
    const codes = plan.codes.flatMap(([name, resolve]) => {
      const coded = resolve(context);
      return coded ? [[name, coded] as const] : [];
    });
    return {
      ...{ key: `${this.#person}/e${this.#encounters.length}`, class: kind, start },
      ...(end ? { end } : {}),
      codes: code ? [code] : [],
      ...Object.fromEntries(codes),
      stays: [],
    };
  }

  #mapDeaths(table: TablePlan, rows: Int32Array): void {
    const { death: plan } = table;
    if (!plan) return;
    for (const row of rows) {
      if (!plan.applies(row)) continue;
      const context = this.#contextOf(table, row);
      const at = plan.at(context);
      if (!at) continue;
      if (latest(at) < this.#birth.ms) {
        this.#leaveOut(table, row, 'death before birth');
        continue;
      }
      this.#use(table, row);
      if (this.#death && this.#death.at.ms !== at.ms) this.#leaveOut(table, row, 'second death');
      if (this.#death && this.#death.at.ms <= at.ms) continue;
      const cause = plan.cause?.(context) ?? null;
      this.#death = { at, ...(cause ? { cause } : {}) };
    }
  }

  /** Encounters outside of the life go, and those that outlast it end with it. */
  #endWithDeath(): void {
    const kept = new Set<Encounter>();
    for (const [table, own] of this.#encounterOf)
      for (const [row, encounter] of own) {
        if (!this.#isAlive(encounter.start, table, row)) {
          own.delete(row);
          continue;
        }
        const ended = { ...encounter, ...this.#endOf(encounter, table, row) };
        own.set(row, ended);
        kept.add(ended);
        this.#use(table, row);
      }
    this.#encounters = [...kept];
    const byKey = new Map(this.#encounters.map((encounter) => [encounter.key, encounter]));
    for (const [name, { key }] of this.#byKey) {
      const encounter = byKey.get(key);
      if (encounter) this.#byKey.set(name, encounter);
      else this.#byKey.delete(name);
    }
  }

  #mapEvents(table: TablePlan, rows: Int32Array): void {
    for (const [place, row] of rows.entries()) {
      // Without its encounter, a row is outside of the life or cannot be placed in time.
      if (table.encounter && !this.#encounterOf.get(table)?.has(row)) continue;
      const context = this.#contextOf(table, row);
      for (const plan of table.events)
        if ((plan.spec.of !== 'person' || place === 0) && plan.applies(row))
          this.#event(table, plan, context);
    }
  }

  #event(table: TablePlan, plan: EventPlan, context: RowContext): void {
    const { row } = context;
    const start = plan.start(context);
    if (!start || !this.#isAlive(start, table, row)) return;
    const end = plan.end?.(context) ?? null;
    if (!this.#isOrdered(start, end, table, row)) return;
    const encounter = this.#encounterOfEvent(table, plan, context);
    const event = makeEvent(plan, context, {
      ...{ key: `${this.#person}/v${this.#events.length}`, start },
      ...(encounter ? { encounter: encounter.key } : {}),
      ...(end ? this.#endOf({ start, end }, table, row) : {}),
    });
    if (!event) return;
    this.#events.push(event);
    plan.tally.count += 1;
    this.#use(table, row);
  }

  #encounterOfEvent(table: TablePlan, plan: EventPlan, context: RowContext): Encounter | undefined {
    if (plan.spec.encounter === 'none') return undefined;
    if (typeof plan.spec.encounter !== 'object') return context.encounter;
    const key = plan.encounters?.text(context.row) ?? null;
    if (key === null) return undefined;
    const encounter = this.#byKey.get(key);
    if (!encounter) this.#leaveOut(table, context.row, 'encounter not found');
    return encounter;
  }

  #isOrdered(start: Moment, end: Moment | null, table: TablePlan, row: number): boolean {
    if (!end || end.ms >= start.ms) return true;
    this.#leaveOut(table, row, 'ends before it starts');
    return false;
  }

  #isAlive(start: Moment, table: TablePlan, row: number): boolean {
    if (start.ms < this.#birth.ms) this.#leaveOut(table, row, 'before birth');
    else if (this.#death && start.ms > latest(this.#death.at)) this.#leaveOut(table, row, 'after death');
    else return true;
    return false;
  }

  #endOf(
    { start, end }: { readonly start: Moment; readonly end?: Moment },
    table: TablePlan,
    row: number,
  ): { end?: Moment } {
    if (!this.#death || !end || end.ms <= latest(this.#death.at)) return end ? { end } : {};
    this.#leaveOut(table, row, 'end brought to the death');
    return { end: this.#death.at.ms < start.ms ? start : this.#death.at };
  }

  #contextOf(table: TablePlan, row: number): RowContext {
    return this.#context(row, this.#encounterOf.get(table)?.get(row));
  }

  #context(row: number, encounter?: Encounter, previous?: Moment): RowContext {
    return {
      ...{ row, birth: this.#birth, moments: this.#moments },
      ...(encounter ? { encounter } : {}),
      ...(previous ? { previous } : {}),
    };
  }

  #use(table: TablePlan, row: number): void {
    this.#used.set(table, (this.#used.get(table) ?? new Set()).add(row));
  }

  /** @throws {MappedRowError} where the mapping says that conflicts are refused */
  #leaveOut(plan: TablePlan, row: number, reason: LeftOutReason): void {
    const table = plan.table.mapping.name;
    if (this.#run.conflicts === 'refuse') throw new MappedRowError({ table, row: row + 1 }, `${reason}.`);
    this.#run.tally.leaveOut(table, reason);
  }
}
