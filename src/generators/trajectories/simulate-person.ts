import type { Random } from '../../core/random/random.js';
import type { BoundNative, CompiledModules } from './compile/compiled-modules.js';
import { Person, type PersonInput } from './person/person.js';
import { RecordBuffers } from './record/record-buffers.js';

export interface SimulationOptions {
  /** The stream of the whole run: persons are forked from it by their index. */
  readonly random: Random;
  /** The moment at which the simulation ends (the reference date), in ms since 1970 in UTC. */
  readonly end: number;
  /** Buffers to write to; cleared first. Left out: new ones. */
  readonly buffers?: RecordBuffers;
}

export interface Trajectory {
  readonly person: Person;
  readonly record: RecordBuffers;
}

const week = 7 * 86_400_000;

/**
 * One life from birth to death or to the end, in steps of a week that are counted from birth.
 * The same modules, seed and person give the same record, whoever else is simulated.
 */
export function simulatePerson(
  compiled: CompiledModules,
  input: PersonInput,
  { random, end, buffers = new RecordBuffers() }: SimulationOptions,
): Trajectory {
  buffers.clear();
  const person = new Person(input, compiled.names, random.fork(`person/${input.index}`), buffers);
  const natives = [...compiled.beforeVisits, ...compiled.inOrder];
  for (const { process } of natives) process.begin?.(person);
  const wake = new Float64Array(natives.length);
  for (let time = input.birth; person.isAlive(time) && time < end; time += week)
    stepNatives(person, time, { natives, wake });
  for (const { process } of natives) process.end?.(person, Math.min(person.death, end));
  return { person, record: buffers };
}

function stepNatives(
  person: Person,
  time: number,
  { natives, wake }: { natives: readonly BoundNative[]; wake: Float64Array },
): void {
  natives.forEach(({ process }, index) => {
    if ((wake[index] ?? 0) > time) return;
    wake[index] = process.step?.(person, time) ?? Infinity;
  });
}
