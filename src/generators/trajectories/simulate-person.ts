import type { Random } from '../../core/random/random.js';
import type { CompiledModules } from './compile/compiled-modules.js';
import { Life, type UnitTimes } from './engine/life.js';
import type { Trace } from './engine/machine.js';
import { Person, type PersonInput } from './person/person.js';
import { RecordBuffers } from './record/record-buffers.js';
import { trimAfterDeath } from './record/trim-after-death.js';
import { writeDeathCertificate } from './record/write-death-certificate.js';
import { msPerDay } from '../../core/time/units.js';

export interface SimulationOptions {
  /** The stream of the whole run: persons are forked from it by their index. */
  readonly random: Random;
  /** The moment at which the simulation ends (the reference date), in ms since 1970 in UTC. */
  readonly end: number;
  /** Buffers to write to; cleared first. Left out: new ones. */
  readonly buffers?: RecordBuffers;
  /** Is told each move of each module. */
  readonly trace?: Trace;
  /** Gets the time that each unit of the order took. */
  readonly times?: UnitTimes;
}

export interface Trajectory {
  readonly person: Person;
  readonly record: RecordBuffers;
  /** Moves from state to state in all modules. */
  readonly transitions: number;
}

const week = 7 * msPerDay;

/**
 * One life from birth to death or to the end, in steps of a week that are counted from birth.
 * The same modules, seed and person give the same record, whoever else is simulated.
 */
export function simulatePerson(
  compiled: CompiledModules,
  input: PersonInput,
  { random, end, buffers = new RecordBuffers(), trace, times }: SimulationOptions,
): Trajectory {
  buffers.clear();
  const person = new Person(input, compiled.names, random.fork(`person/${input.index}`), buffers);
  const life = new Life(compiled, person, { end, trace: trace ?? null, times: times ?? null });
  for (const { process } of compiled.natives) process.begin?.(person);
  for (let time = input.birth; person.isAlive(time) && time < end; time += week) life.step(time);
  finishLife(compiled, person, end);
  let transitions = 0;
  for (const run of life.runs) transitions += run?.transitions ?? 0;
  return { person, record: buffers, transitions };
}

/** A death beyond the end has not happened; after one that has, there is nothing but its certificate. */
function finishLife({ natives }: CompiledModules, person: Person, end: number): void {
  const isDead = person.death < end;
  if (isDead) {
    trimAfterDeath(person.record.buffers, person.death);
    writeDeathCertificate(person);
  }
  for (const { process } of natives) process.end?.(person, isDead ? person.death : end);
}
