import { msPerDay } from '../../../core/time/units.js';
import type { CompiledModules } from '../compile/compiled-modules.js';
import type { Person } from '../person/person.js';
import { EncounterLock, free } from './encounter-lock.js';
import { ModuleRun, type Frame, type Trace } from './machine.js';
import { processFrame } from './process-frame.js';
import { Schedule } from './schedule.js';
import { Visits } from './visits.js';

/** Wakes a unit in the next step that it can still take part in. */
const atOnce = -Infinity;

/** A unit that has ended: no comparison with it holds. */
const gone = NaN;

/** Where a step stands before the first unit, and after the last. */
const beforeAll = -1;
const afterAll = Infinity;

/** Milliseconds that each unit took, by its place; filled where somebody wants to know. */
export type UnitTimes = Float64Array;

interface LifeOptions {
  /** When the simulation ends: no step begins then. */
  readonly end: number;
  readonly trace: Trace | null;
  readonly times: UnitTimes | null;
}

const week = 7 * msPerDay;

/**
 * One life of modules: who has to be looked at in which step. A module that waits is not touched until the moment it waits
 * for has come, or somebody writes what it waits for; it then finds what it would have found by looking each week.
 */
export class Life {
  readonly lock = new EncounterLock();
  readonly runs: readonly (ModuleRun | null)[];
  /** No unit is run before its moment; in which steps it may be looked at, the schedule says. */
  readonly #wakeAt: Float64Array;
  readonly #schedule: Schedule;
  #step = 0;
  #place = beforeAll;
  /** 1 for units that wait for a visit. */
  readonly #wantsVisit: Uint8Array;
  readonly #visits: Visits;
  readonly #beforeWakeAt: Float64Array;

  constructor(
    readonly compiled: CompiledModules,
    readonly person: Person,
    { end, trace, times }: LifeOptions,
  ) {
    const { lock } = this;
    const parts = { person, lock, trace };
    this.runs = compiled.units.map((unit, order) =>
      unit.kind === 'module' ? new ModuleRun(unit.module, order, parts) : null,
    );
    this.times = times;
    this.#wakeAt = new Float64Array(this.runs.length).fill(atOnce);
    this.#schedule = new Schedule(this.runs.length, Math.ceil((end - person.birth) / week) + 1);
    for (let place = 0; place < this.runs.length; place += 1) this.#schedule.add(place, 0);
    this.#wantsVisit = new Uint8Array(this.runs.length);
    this.#beforeWakeAt = new Float64Array(compiled.beforeVisits.length).fill(atOnce);
    this.#visits = new Visits(person, lock, compiled.natives);
    person.onAttribute = (attribute) => {
      this.#wake(compiled.wakesByAttribute[attribute]);
    };
    person.record.onPresence = (key) => {
      this.#wake(compiled.wakesByCode[key]);
    };
  }

  readonly times: UnitTimes | null;

  /** The next step of a week; the first one is at birth. */
  step(time: number): void {
    this.#place = beforeAll;
    this.#stepBeforeVisits(time);
    if (this.#visits.open(time)) this.#wakeForVisit();
    const schedule = this.#schedule;
    const step = this.#step;
    for (let place = schedule.next(step, 0); place >= 0; place = schedule.next(step, place + 1)) {
      if ((this.#wakeAt[place] ?? gone) > time) continue;
      this.#place = place;
      this.#run(place, time);
    }
    this.#place = afterAll;
    this.#visits.close(time);
    this.#step += 1;
  }

  #stepBeforeVisits(time: number): void {
    this.compiled.beforeVisits.forEach(({ process }, place) => {
      if ((this.#beforeWakeAt[place] ?? gone) > time) return;
      this.#beforeWakeAt[place] = process.step?.(this.person, time) ?? Infinity;
    });
  }

  #run(place: number, time: number): void {
    const begun = this.times === null ? 0 : performance.now();
    const run = this.runs[place];
    const wakeAt = run ? this.#runModule(run, time) : this.#runNative(place, time);
    this.#wakeAt[place] = wakeAt;
    this.#schedule.add(place, Math.max(this.#step + 1, Math.ceil((wakeAt - this.person.birth) / week)));
    if (this.times !== null) this.times[place] = (this.times[place] ?? 0) + performance.now() - begun;
  }

  /** @returns when to look at the module again */
  #runModule(run: ModuleRun, time: number): number {
    if (processFrame(run.frame, time)) {
      if (this.lock.holder === run.order) {
        this.person.record.encounters.end(run.encounter, run.frame.endedAt, -1);
        this.lock.holder = free;
      }
      this.#wantsVisit[run.order] = 0;
      return gone;
    }
    const { state } = run.frame;
    this.#wantsVisit[run.order] = isAtVisit(run.frame) ? 1 : 0;
    return state.wake(run.frame, time);
  }

  #runNative(place: number, time: number): number {
    const unit = this.compiled.units[place];
    return unit?.kind === 'native' ? (unit.native.process.step?.(this.person, time) ?? Infinity) : Infinity;
  }

  #wake(places: readonly number[] | undefined): void {
    if (places === undefined) return;
    for (const place of places) if (!Number.isNaN(this.#wakeAt[place])) this.#wakeNow(place);
  }

  /** In this step, if its turn is still to come. */
  #wakeNow(place: number): void {
    this.#wakeAt[place] = atOnce;
    this.#schedule.add(place, place > this.#place ? this.#step : this.#step + 1);
  }

  #wakeForVisit(): void {
    for (let place = 0; place < this.#wantsVisit.length; place += 1)
      if (this.#wantsVisit[place] === 1) this.#wakeNow(place);
  }
}

function isAtVisit(frame: Frame): boolean {
  let inner = frame;
  while (inner.child !== null) inner = inner.child;
  return inner.state.waitsForVisit;
}
