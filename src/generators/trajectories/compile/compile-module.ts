import type { CompiledModule, CompiledState } from '../engine/machine.js';
import { Fields, isObject, type JsonObject } from '../library/fields.js';
import type { Problem } from '../library/problem.js';
import { streamKey } from '../person/stream.js';
import { compileCondition } from './conditions/compile-condition.js';
import type { Scope } from './scope.js';
import { compileState } from './states/compile-state.js';

/** The newest version of GMF that is known. */
const versionMax = 2;

/** What all modules of a set share, and how one finds another. */
export type SharedScope = Omit<Scope, 'path' | 'states' | 'condition'>;

/** @returns the module; null when it has no states to run. What is wrong is added to the problems. */
export function compileModule(
  path: string,
  json: JsonObject,
  shared: SharedScope,
  problems: Problem[],
): CompiledModule | null {
  const file = new Fields(json, { file: path, state: null, field: '' }, problems);
  if ((file.optionalNumber('gmf_version') ?? 1) > versionMax)
    file.fail('gmf_version', `is newer than ${versionMax}, the newest version that is known.`);
  const definitions = file.child('states').values;
  const names = Object.keys(definitions);
  const states = new Map(names.map((name, index) => [name, index]));
  const scope: Scope = { ...shared, path, states, condition: (fields) => compileCondition(fields, scope) };
  const compiled = names.map((name, index) => {
    const definition = definitions[name];
    const place = { file: path, state: name, field: '' };
    const fields = new Fields(isObject(definition) ? definition : {}, place, problems);
    return compileState(name, index, fields, scope);
  });
  const initial = compiled[states.get('Initial') ?? -1];
  if (initial === undefined) {
    if (file.has('states')) file.fail('states', 'there is no state "Initial".');
    return null;
  }
  return finish(path, compiled, initial, shared);
}

function finish(
  path: string,
  states: readonly CompiledState[],
  initial: CompiledState,
  { names }: SharedScope,
): CompiledModule {
  return { path, name: names.modules.id(path), streamKey: streamKey(`module/${path}`), states, initial };
}
