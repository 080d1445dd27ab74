import type { Random } from '../../../src/core/random/random.js';
import type { CompiledModules } from '../../../src/generators/trajectories/compile/compiled-modules.js';
import { EncounterLock, free } from '../../../src/generators/trajectories/engine/encounter-lock.js';
import { Visits } from '../../../src/generators/trajectories/engine/visits.js';
import type { ModuleLibrary } from '../../../src/generators/trajectories/library/module-library.js';
import { Person, type PersonInput } from '../../../src/generators/trajectories/person/person.js';
import { streamKey } from '../../../src/generators/trajectories/person/stream.js';
import { RecordBuffers } from '../../../src/generators/trajectories/record/record-buffers.js';
import { trimAfterDeath } from '../../../src/generators/trajectories/record/trim-after-death.js';
import { writeDeathCertificate } from '../../../src/generators/trajectories/record/write-death-certificate.js';
import { startOf, visit, type History, type ReferenceRun } from './reference-module.js';
import { acts } from './reference-states.js';
import { transition } from './reference-transitions.js';
import { textOf, type Json } from './reference-values.js';

const week = 7 * 86_400_000;

/**
 * A life by the letter of the framework: every module looks at the world every week, keeps its whole history and reads its JSON
 * anew each time. It shares with the engine what is no logic of modules: the person, the record and the numbers of names.
 */
export function simulateByReference(
  { library, compiled }: { readonly library: ModuleLibrary; readonly compiled: CompiledModules },
  input: PersonInput,
  { random, end }: { readonly random: Random; readonly end: number },
): { readonly person: Person; readonly record: RecordBuffers } {
  const record = new RecordBuffers();
  const person = new Person(input, compiled.names, random.fork(`person/${input.index}`), record);
  const lock = new EncounterLock();
  const visits = new Visits(person, lock, compiled.natives);
  const jsonOf = (path: string): Json => library.modules.get(path) as Json;
  const runs = compiled.units.map((unit, order) => {
    if (unit.kind === 'native') return null;
    const run: ReferenceRun = {
      ...{ person, names: compiled.names, path: unit.name, order, lock, submodule: jsonOf },
      table: (name) => library.tables.get(name) ?? '',
      stream: person.stream(streamKey(`module/${unit.name}`)),
      history: startOf(jsonOf(unit.name)),
      ...{ encounter: -1, encounterName: null, isInVisit: false, lastVisit: -1, isDone: false },
    };
    return run;
  });
  const nativeWake = compiled.units.map(() => -Infinity);
  for (const { process } of compiled.natives) process.begin?.(person);
  for (let time = input.birth; person.isAlive(time) && time < end; time += week) {
    visits.open(time);
    compiled.units.forEach((unit, order) => {
      if (unit.kind === 'module') stepModule(runs[order]!, time);
      else if (nativeWake[order]! <= time)
        nativeWake[order] = unit.native.process.step?.(person, time) ?? Infinity;
    });
    visits.close(time);
  }
  const isDead = person.death < end;
  if (isDead) {
    trimAfterDeath(record, person.death);
    writeDeathCertificate(person);
  }
  for (const { process } of compiled.natives) process.end?.(person, isDead ? person.death : end);
  return { person, record };
}

function stepModule(run: ReferenceRun, time: number): void {
  if (run.isDone) return;
  const endedAt = processHistory(run.history, run, time);
  if (endedAt === null) return;
  run.isDone = true;
  if (run.lock.holder !== run.order) return;
  run.person.record.encounters.end(run.encounter, endedAt, -1);
  run.lock.holder = free;
}

/** @returns when the module came to its Terminal; null while it has not */
function processHistory(history: History, run: ReferenceRun, time: number): number | null {
  if (!run.person.isAlive(time)) return null;
  for (;;) {
    const current = history.visited[0]!;
    const type = textOf(current.json['type']);
    if (type === 'Terminal') return time;
    const exited =
      type === 'CallSubmodule' ? call(history, run, time) : acts[type]!(current, run, history, time);
    if (exited === null) return null;
    current.exited = exited;
    history.visited.unshift(visit(transition(current.json, run, history, time), history.json));
    if (exited >= time) continue;
    if (!run.person.isAlive(exited)) return null;
    const endedAt = processHistory(history, run, exited);
    if (endedAt !== null) return endedAt;
    if (!run.person.isAlive(time)) return null;
  }
}

/** Runs a submodule; at its end its history comes before the caller's, and the call stands before both once more. */
function call(history: History, run: ReferenceRun, time: number): number | null {
  const current = history.visited[0]!;
  history.child ??= startOf(run.submodule(textOf(current.json['submodule'])));
  const endedAt = processHistory(history.child, run, time);
  if (endedAt === null) return null;
  history.visited = [current, ...history.child.visited, ...history.visited];
  history.child = null;
  return endedAt;
}
