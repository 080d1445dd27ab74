import { blocked, type Act, type CompiledModule, type CompiledState, type Frame } from '../engine/machine.js';
import type { Odds, Rounds, Wake } from '../engine/machine.js';
import { msPerDay } from '../../../core/time/units.js';
import { noteList, type Findings } from './scope.js';
import { earliest } from './transitions/odds.js';

const week = 7 * msPerDay;

/**
 * The module with its polling loops run through at once. A loop is a delay of always the same length that by chance comes back to
 * itself, with nothing but Simple states between. While the chances stay what they are, the number of rounds until it is left is
 * geometric; that number is drawn once, and again, for the rounds that are not over, when a chance has changed: the geometric
 * distribution has no memory, so the times and ways of leaving are distributed as when each round is drawn. The numbers of the
 * stream fall elsewhere, so single lives differ.
 */
export function fastForward(module: CompiledModule, findings: Findings): CompiledModule {
  const states = [...module.states];
  for (const state of module.states) {
    const members = membersOf(state, module.states);
    if (members === null) continue;
    const odds = [...members.values()];
    noteList(findings.guards, module.path, {
      attributes: odds.flatMap(({ attributes }) => attributes),
      codes: odds.flatMap(({ codes }) => codes),
    });
    states[state.index] = { ...state, ...new Loop(state, members).parts() };
  }
  return { ...module, states, initial: states[module.initial.index] ?? module.initial };
}

/**
 * The odds of the states of the loop that a state waits in, by their places; null where it waits in none, or where somebody asks for
 * one of its states: a loop that is run through at once leaves no trace of its rounds.
 */
function membersOf(start: CompiledState, states: readonly CompiledState[]): Map<number, Odds> | null {
  if (!(start.period > 0) || start.isTracked || start.odds === null) return null;
  const members = new Map([[start.index, start.odds]]);
  const onTheWay = new Set<number>();
  const circles: number[] = [];
  const leadsBack = (odds: Odds): boolean => odds.targets.map(isBack).some((isSo) => isSo);
  const isBack = (place: number): boolean => {
    if (members.has(place)) return true;
    const state = states[place];
    if (onTheWay.has(place)) circles.push(place);
    if (onTheWay.has(place) || state?.type !== 'Simple' || state.isTracked || state.odds === null)
      return false;
    onTheWay.add(place);
    const isSo = leadsBack(state.odds);
    onTheWay.delete(place);
    if (isSo) members.set(place, state.odds);
    return isSo;
  };
  return leadsBack(start.odds) && circles.length === 0 ? members : null;
}

/** A loop and the ways out of it. What it writes down while it weighs them is read at once: all persons share it. */
class Loop {
  readonly #changesAt: Odds['changesAt'];
  readonly #exits: number[] = [];
  readonly #chances: number[] = [];
  #frame: Frame | null = null;
  #time = NaN;

  constructor(
    readonly start: CompiledState,
    readonly members: ReadonlyMap<number, Odds>,
  ) {
    this.#changesAt = earliest([...members.values()]);
  }

  parts(): Pick<CompiledState, 'act' | 'wake' | 'next'> {
    return { act: this.#act, wake: this.#wake, next: (frame, time) => this.#exit(frame, time) };
  }

  readonly #act: Act = (frame, time) => {
    const { person } = frame;
    const step = person.birth + week * Math.ceil((time - person.birth) / week);
    const rate = this.#weigh(frame, step);
    const changesAt = this.#changesAt(frame, step);
    const known = frame.rounds;
    if (known === null) {
      frame.rounds = { begun: time, rate, changesAt, leavesAt: NaN, seen: step };
      this.#draw(frame, frame.rounds);
    } else if (known.rate !== rate || known.changesAt !== changesAt) {
      // Rounds that ended before this step are over, and those of a step that has been looked at.
      this.#skip(known, Math.max(step - week, known.seen));
      Object.assign(known, { rate, changesAt });
      this.#draw(frame, known);
    }
    const { leavesAt } = Object.assign(frame.rounds ?? {}, { seen: step }) as Rounds;
    return time >= leavesAt && person.isAlive(leavesAt) ? leavesAt : blocked;
  };

  readonly #wake: Wake = ({ rounds }, time) =>
    rounds === null ? time : Math.min(rounds.leavesAt, rounds.changesAt);

  /** Draws in which of the rounds to come the loop is left, if that is before the chance changes. */
  #draw({ stream, person }: Frame, rounds: Rounds): void {
    const { rate, changesAt, begun } = rounds;
    const { period } = this.start;
    const count =
      rate <= 0 ? Infinity : rate >= 1 ? 1 : Math.ceil(Math.log(stream.uniform()) / Math.log1p(-rate));
    const leavesAt = begun + Math.max(1, count) * period;
    // A round is decided in the first step that is not before its end.
    const last = person.birth + week * (Math.ceil((changesAt - person.birth) / week) - 1);
    rounds.leavesAt = leavesAt <= last ? leavesAt : Infinity;
    if (rounds.leavesAt === Infinity && last < Infinity) this.#skip(rounds, last);
  }

  /** Takes the rounds that end up to a moment for over. */
  #skip(rounds: Rounds, until: number): void {
    const { period } = this.start;
    rounds.begun += period * Math.max(0, Math.floor((until - rounds.begun) / period));
  }

  /** @returns the chance of leaving; the ways out and their chances are written down */
  #weigh(frame: Frame, time: number): number {
    this.#exits.length = this.#chances.length = 0;
    this.#frame = frame;
    this.#time = time;
    this.start.odds?.spread(frame, time, 1, this.#add);
    let sum = 0;
    for (const chance of this.#chances) sum += chance;
    return sum;
  }

  readonly #add = (target: number, chance: number): void => {
    if (target === this.start.index) return;
    const odds = this.members.get(target);
    if (odds !== undefined && this.#frame !== null) {
      odds.spread(this.#frame, this.#time, chance, this.#add);
      return;
    }
    this.#exits.push(target);
    this.#chances.push(chance);
  };

  #exit(frame: Frame, time: number): number {
    let left = this.#weigh(frame, time) * frame.stream.uniform();
    for (let way = 0; way < this.#exits.length; way += 1) {
      left -= this.#chances[way] ?? 0;
      if (left < 0) return this.#exits[way] ?? 0;
    }
    return this.#exits.at(-1) ?? this.start.index;
  }
}
