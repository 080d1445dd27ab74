import { blocked, type Act } from '../../engine/machine.js';
import { processFrame } from '../../engine/process-frame.js';
import { Frame } from '../../engine/machine.js';
import { noteList, type StateCompiler } from '../scope.js';
import { compileDuration, constantDelay } from '../values/quantity.js';

const pass: Act = (_, time) => time;

export const passState: StateCompiler = () => ({ act: pass });

/** Never left; {@link processFrame} ends the module when it gets there. */
export const terminalState: StateCompiler = () => ({ act: () => blocked });

/** Waits for a condition; woken by who writes what it reads, and by time where time can change the answer. */
export const guardState: StateCompiler = (fields, scope) => {
  const { test, attributes, codes, changesAt, isVolatile } = scope.condition(fields.child('allow'));
  noteList(scope.findings.guards, scope.path, { attributes, codes });
  return {
    act: (frame, time) => (test(frame, time) ? time : blocked),
    wake: isVolatile ? pass : changesAt,
  };
};

/** Waits for a time that is drawn once, on entry, and leaves at the exact moment at which it is over. */
export const delayState: StateCompiler = (fields) => {
  const problems = fields.problems.length;
  const draw = compileDuration(fields, { wholeUnits: true });
  if (draw === null) fields.fail('', 'has none of "exact", "range" and "distribution".');
  return {
    act: (frame, time) => {
      if (Number.isNaN(frame.until)) frame.until = Math.max(time, time + (draw?.(frame.stream) ?? 0));
      return leaveAt(frame, time);
    },
    wake: ({ until }) => until,
    ...(fields.problems.length === problems && { period: constantDelay(fields) }),
  };
};

/** The end of what the frame waits for, if that has come and the person has lived until then. */
export function leaveAt({ until, person }: Frame, time: number): number {
  return time >= until && person.isAlive(until) ? until : blocked;
}

/** Runs a submodule to its end, over as many steps as that takes, and is left at the moment at which it ended. */
export const callSubmoduleState: StateCompiler = (fields, scope) => {
  const path = fields.text('submodule');
  const submodule = scope.submodule(path);
  if (submodule === null && path !== '') fields.fail('submodule', `there is no module "${path}".`);
  const calls = scope.findings.calls.get(scope.path) ?? new Set();
  scope.findings.calls.set(scope.path, calls.add(path));
  return {
    act: (frame, time) => {
      if (submodule === null) return blocked;
      frame.child ??= new Frame(frame.run, submodule());
      const { child } = frame;
      if (!processFrame(child, time)) return blocked;
      frame.absorb(child);
      frame.child = null;
      return child.endedAt;
    },
    wake: ({ child }, time) => (child === null ? time : child.state.wake(child, time)),
  };
};
