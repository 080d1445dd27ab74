import type { Person } from '../person/person.js';
import type { Stream } from '../person/stream.js';
import type { EncounterLock } from './encounter-lock.js';

/** What `act` answers when the module cannot leave the state yet. */
export const blocked = NaN;

/** When a blocked module is looked at again: when a visit is opened, whatever the time. */
export const atNextVisit = Infinity;

/** Does what the state does; answers the moment at which it is left (at most `time`), or {@link blocked}. */
export type Act = (frame: Frame, time: number) => number;

/** The earliest moment at which a blocked state can be left; any moment up to `time` stands for the next step. */
export type Wake = (frame: Frame, time: number) => number;

/** Chooses the next state: a place in the states of the module. */
export type Next = (frame: Frame, time: number) => number;

export type AddWay = (target: number, share: number) => void;

/** Where a transition can lead and how likely each way is, said without drawing: a loop can then be run through at once. */
export interface Odds {
  /** Places of the states it can lead to. */
  readonly targets: readonly number[];
  /** Tells the ways that are open at a moment, each with its chance times `share`. */
  readonly spread: (frame: Frame, time: number, share: number, add: AddWay) => void;
  /** The earliest moment after `time` at which the chances can change by time alone; Infinity for never. */
  readonly changesAt: (frame: Frame, time: number) => number;
  /** `Names.attributes` and `CodeBook.keys` that the chances depend on. */
  readonly attributes: readonly number[];
  readonly codes: readonly number[];
}

/** One state, ready to run. */
export interface CompiledState {
  /** `Names.states`. */
  readonly name: number;
  /** Its place in the states of its module. */
  readonly index: number;
  readonly type: string;
  readonly isTerminal: boolean;
  readonly act: Act;
  readonly wake: Wake;
  readonly next: Next;
  /** What {@link next} can choose, and how likely; null where that cannot be said. */
  readonly odds: Odds | null;
  /** How long a delay waits where that is always the same, in milliseconds; NaN for any other state. */
  readonly period: number;
  /** The codes of a state that begins a condition, -1 for others. */
  readonly onsetCodes: number;
  /** Whether it waits for a visit of the calendar or of symptoms. */
  readonly waitsForVisit: boolean;
  /** Whether anybody asks if a state of this name was seen. */
  isTracked: boolean;
}

/** One file of states, ready to run. */
export interface CompiledModule {
  /** The path of its file without `.json`. */
  readonly path: string;
  /** `Names.modules`: the path, for all that hang on the identity of a module. */
  readonly name: number;
  readonly streamKey: number;
  readonly states: readonly CompiledState[];
  readonly initial: CompiledState;
}

/** Is told each move from a state to the next: what explain mode listens to. */
export interface Trace {
  moved(frame: Frame, exited: number, next: CompiledState): void;
}

/** The newest entry of a state's name in the history of a module. */
export interface Seen {
  readonly position: number;
  /** When the state was left; NaN while the module is in it. */
  exited: number;
  /** The codes of a state that begins a condition, -1 for others. */
  readonly codes: number;
}

/** A condition or allergy that nobody has diagnosed. */
export interface Undiagnosed {
  readonly position: number;
  /** The name of the encounter that will find it. */
  readonly target: number;
  readonly diagnose: (frame: Frame, time: number) => void;
}

/** How a loop of equal waits goes on, as far as it has been drawn. */
export interface Rounds {
  /** When the round began from which on nothing is decided. */
  begun: number;
  /** The chance of leaving the loop in one round, and until when time alone does not change it. */
  rate: number;
  changesAt: number;
  /** When the loop is left; Infinity where that comes after a change of the chance. */
  leavesAt: number;
  /** The last step that has been looked at: the rounds that end by then are over. */
  seen: number;
}

/**
 * Where a module or a running submodule is. Instead of a history it keeps, for the names that anybody asks about, the
 * newest entry and when it was left; that is all that conditions on earlier states need, because entries leave in order.
 */
export class Frame {
  readonly person: Person;
  readonly stream: Stream;
  state: CompiledState;
  /** When the delay or procedure that it is in ends; NaN before that is drawn. */
  until = NaN;
  /** When the state that ends the module was reached. */
  endedAt = NaN;
  /** Where the frame runs through many rounds of a loop at once. */
  rounds: Rounds | null = null;
  child: Frame | null = null;
  readonly seen = new Map<number, Seen>();
  /** Names of encounter states to the position of their last visit. */
  readonly visited = new Map<number, number>();
  undiagnosed: Undiagnosed[] = [];
  position = 0;

  constructor(
    readonly run: ModuleRun,
    readonly module: CompiledModule,
  ) {
    this.person = run.person;
    this.stream = run.stream;
    this.state = module.initial;
    this.#see();
  }

  /** Leaves the state at a moment for the next one. */
  move(exited: number, next: CompiledState): void {
    if (this.state.isTracked) this.#leave(exited);
    this.position += 1;
    this.state = next;
    this.until = NaN;
    this.rounds = null;
    if (next.isTracked) this.#see();
  }

  /** Marks the end of the module, at the state it is in. */
  finish(time: number): void {
    this.endedAt = time;
    if (this.state.isTracked) this.#leave(time);
  }

  /** Takes over what a submodule that has ended has seen, as if the states had been its own. */
  absorb(child: Frame): void {
    const base = this.position + 1;
    for (const [name, { position, exited, codes }] of child.seen)
      this.seen.set(name, { position: base + position, exited, codes });
    for (const [name, position] of child.visited) this.visited.set(name, base + position);
    for (const one of child.undiagnosed) this.undiagnosed.push({ ...one, position: base + one.position });
    this.position = base + child.position + 1;
    if (this.state.isTracked) this.#see();
  }

  #see(): void {
    const { name, onsetCodes } = this.state;
    this.seen.set(name, { position: this.position, exited: NaN, codes: onsetCodes });
  }

  #leave(exited: number): void {
    const seen = this.seen.get(this.state.name);
    if (seen !== undefined) seen.exited = exited;
  }
}

export interface RunParts {
  readonly person: Person;
  readonly lock: EncounterLock;
  readonly trace: Trace | null;
}

/** One top-level module in one life. Its submodules act in its name: they share its encounter and its random numbers. */
export class ModuleRun {
  readonly person: Person;
  readonly lock: EncounterLock;
  readonly trace: Trace | null;
  readonly stream: Stream;
  /** `Names.modules`. */
  readonly name: number;
  readonly frame: Frame;
  /** Its own current encounter (a row), and the state that began it; -1 for none. */
  encounter = -1;
  encounterState = -1;
  /** Whether it has used a visit of the calendar and not left it yet. */
  isInVisit = false;
  /** The last visit it used (a row), -1 for none. */
  lastVisit = -1;
  transitions = 0;

  constructor(
    module: CompiledModule,
    /** Its place in the order of the step. */
    readonly order: number,
    { person, lock, trace }: RunParts,
  ) {
    this.person = person;
    this.lock = lock;
    this.trace = trace;
    this.name = module.name;
    this.stream = person.stream(module.streamKey);
    this.frame = new Frame(this, module);
  }
}
