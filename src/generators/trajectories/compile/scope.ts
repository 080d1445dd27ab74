import type { Names } from '../names.js';
import type { Fields, Place } from '../library/fields.js';
import type { Prescription } from './prescription.js';
import type { Act, CompiledModule, Wake } from '../engine/machine.js';
import type { CompiledCondition } from './compiled-condition.js';

/** What a guard reads: who writes one of these lets the guard be tested again. */
export interface Reads {
  readonly attributes: readonly number[];
  /** Keys of codes (`CodeBook.keys`). */
  readonly codes: readonly number[];
}

/** What modules say while they are compiled, beside what they do: for waking guards and for validation. */
export interface Findings {
  /** Names of states that somebody asks about. */
  readonly tracked: Set<number>;
  /** By path of the module. */
  readonly guards: Map<string, Reads[]>;
  readonly calls: Map<string, Set<string>>;
  readonly readAttributes: Map<number, Place>;
  readonly writtenAttributes: Set<number>;
  readonly readVitalSigns: Map<number, Place>;
  readonly providedVitalSigns: Set<number>;
}

/** What the parts of one module need while they are compiled. */
export interface Scope {
  readonly names: Names;
  /** The path of the module without `.json`. */
  readonly path: string;
  readonly states: ReadonlyMap<string, number>;
  readonly tables: ReadonlyMap<string, string>;
  readonly findings: Findings;
  readonly prescriptions: Prescription[];
  readonly condition: (fields: Fields) => CompiledCondition;
  /** The submodule of a path, or null where there is none; it can be taken when all modules are compiled. */
  readonly submodule: (path: string) => (() => CompiledModule) | null;
}

export function noteList<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** What a kind of state does. */
export interface StateParts {
  readonly act: Act;
  readonly wake?: Wake;
  readonly onsetCodes?: number;
  /** How long it waits where that is always the same, in milliseconds. */
  readonly period?: number;
}

export type StateCompiler = (fields: Fields, scope: Scope) => StateParts;
