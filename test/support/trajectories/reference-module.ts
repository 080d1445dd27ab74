import type { EncounterLock } from '../../../src/generators/trajectories/engine/encounter-lock.js';
import type { Names } from '../../../src/generators/trajectories/names.js';
import type { Person } from '../../../src/generators/trajectories/person/person.js';
import type { Stream } from '../../../src/generators/trajectories/person/stream.js';
import type { Json } from './reference-values.js';

/** One visit of a state in the history of a module. */
export interface Visited {
  readonly name: string;
  readonly json: Json;
  exited: number | null;
  until: number | null;
  diagnosed: boolean;
}

/** A module or a running submodule: its whole history, the newest first. */
export interface History {
  readonly json: Json;
  visited: Visited[];
  child: History | null;
}

/** One top-level module in one life, as the reference keeps it. */
export interface ReferenceRun {
  readonly person: Person;
  readonly names: Names;
  readonly stream: Stream;
  readonly path: string;
  readonly order: number;
  readonly lock: EncounterLock;
  readonly submodule: (path: string) => Json;
  readonly table: (name: string) => string;
  readonly history: History;
  encounter: number;
  encounterName: string | null;
  isInVisit: boolean;
  lastVisit: number;
  isDone: boolean;
}

export function startOf(json: Json): History {
  return { json, visited: [visit('Initial', json)], child: null };
}

export function visit(name: string, module: Json): Visited {
  const json = module['states']?.[name];
  if (json === undefined) throw new Error(`There is no state ${name}.`);
  return { name, json, exited: null, until: null, diagnosed: false };
}
