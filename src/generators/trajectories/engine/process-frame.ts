import { SimulationError } from '../simulation-error.js';
import type { Frame } from './machine.js';

/** More moves than that without time passing are a circle of states that never wait. */
const movesMax = 100_000;

/**
 * Runs a module until it waits or ends. What ended within the step (a delay, a procedure, a submodule) is left at its own
 * moment: the module first runs on with the clock set back to it, then goes on at `time`.
 * @returns whether the module has ended; it stops, unended, where the person is dead
 */
export function processFrame(frame: Frame, time: number): boolean {
  const { person, run } = frame;
  if (!person.isAlive(time)) return false;
  for (let moves = 0; ; moves += 1) {
    const { state } = frame;
    if (state.isTerminal) {
      frame.finish(time);
      return true;
    }
    const exited = state.act(frame, time);
    if (Number.isNaN(exited)) return false;
    const next = frame.module.states[state.next(frame, time)] ?? state;
    run.transitions += 1;
    run.trace?.moved(frame, exited, next);
    frame.move(exited, next);
    if (exited < time) {
      if (!person.isAlive(exited)) return false;
      if (processFrame(frame, exited)) return true;
      if (!person.isAlive(time)) return false;
    }
    if (moves > movesMax) throw endless(frame);
  }
}

function endless({ module, state, person }: Frame): SimulationError {
  const place = { file: module.path, state: person.names.states.name(state.name), field: '' };
  return new SimulationError(
    place,
    `goes round in circles without waiting: ${movesMax} moves at one moment.`,
  );
}
