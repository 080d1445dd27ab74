import type { CompiledModules } from '../compile/compiled-modules.js';
import type { Person } from '../person/person.js';
import { EncounterLock, free } from './encounter-lock.js';
import { ModuleRun, type Frame, type Trace } from './machine.js';
import { processFrame } from './process-frame.js';
import { Visits } from './visits.js';

/** Wakes a unit in the next step that it can still take part in. */
const atOnce = -Infinity;

/** A unit that has ended: no comparison with it holds. */
const gone = NaN;

/** Milliseconds that each unit took, by its place; filled where somebody wants to know. */
export type UnitTimes = Float64Array;

/**
 * One life of modules: who has to be looked at in which step. A module that waits is not touched until the moment it waits
 * for has come, or somebody writes what it waits for; it then finds what it would have found by looking each week.
 */
export class Life {
  readonly lock = new EncounterLock();
  readonly runs: readonly (ModuleRun | null)[];
  readonly #wakeAt: Float64Array;
  /** 1 for units that wait for a visit. */
  readonly #wantsVisit: Uint8Array;
  readonly #visits: Visits;
  readonly #beforeWakeAt: Float64Array;

  constructor(
    readonly compiled: CompiledModules,
    readonly person: Person,
    { trace, times }: { readonly trace: Trace | null; readonly times: UnitTimes | null },
  ) {
    const { lock } = this;
    const parts = { person, lock, trace };
    this.runs = compiled.units.map((unit, order) =>
      unit.kind === 'module' ? new ModuleRun(unit.module, order, parts) : null,
    );
    this.times = times;
    this.#wakeAt = new Float64Array(this.runs.length).fill(atOnce);
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

  step(time: number): void {
    this.#stepBeforeVisits(time);
    if (this.#visits.open(time)) this.#wakeForVisit();
    const wakeAt = this.#wakeAt;
    for (let place = 0; place < wakeAt.length; place += 1)
      if ((wakeAt[place] ?? gone) <= time) this.#run(place, time);
    this.#visits.close(time);
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
    if (run) this.#wakeAt[place] = this.#runModule(run, time);
    else this.#runNative(place, time);
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

  #runNative(place: number, time: number): void {
    const unit = this.compiled.units[place];
    if (unit?.kind !== 'native') return;
    this.#wakeAt[place] = unit.native.process.step?.(this.person, time) ?? Infinity;
  }

  #wake(places: readonly number[] | undefined): void {
    if (places === undefined) return;
    for (const place of places) if (!Number.isNaN(this.#wakeAt[place])) this.#wakeAt[place] = atOnce;
  }

  #wakeForVisit(): void {
    for (let place = 0; place < this.#wantsVisit.length; place += 1)
      if (this.#wantsVisit[place] === 1) this.#wakeAt[place] = atOnce;
  }
}

function isAtVisit(frame: Frame): boolean {
  let inner = frame;
  while (inner.child !== null) inner = inner.child;
  return inner.state.waitsForVisit;
}
