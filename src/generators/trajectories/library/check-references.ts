import { isObject, type JsonObject } from './fields.js';
import type { Problem } from './problem.js';

/** Fields that name a state of another type, and which type that is. */
const references = {
  target_encounter: 'Encounter',
  condition_onset: 'ConditionOnset',
  allergy_onset: 'AllergyOnset',
  medication_order: 'MedicationOrder',
  careplan: 'CarePlanStart',
  device: 'Device',
} as const;

/** What is ended, or what finds a condition; other types use some of these names for something else. */
const referring = new Set([
  ...['ConditionOnset', 'AllergyOnset', 'ConditionEnd', 'AllergyEnd', 'MedicationEnd'],
  ...['CarePlanEnd', 'DeviceEnd', 'Death'],
]);

/**
 * Names of states that mean none: a condition that waits for such an encounter is never found, and what is to be ended so goes on.
 * A submodule may mean a state of its caller, so a name counts wherever in the library it stands.
 */
export function checkReferences(modules: ReadonlyMap<string, JsonObject>): Problem[] {
  const all = [...modules].flatMap(([file, module]) =>
    statesOf(module).map(([state, json]) => ({ file, state, json })),
  );
  const known = new Set(all.map(({ state, json }) => `${String(json['type'])} ${state.trim()}`));
  return all
    .filter(({ json }) => referring.has(String(json['type'])))
    .flatMap(({ file, state, json }) =>
      Object.entries(references).flatMap(([field, type]): Problem[] => {
        const name = json[field];
        if (typeof name !== 'string' || name.trim() === '' || known.has(`${type} ${name.trim()}`)) return [];
        return [{ severity: 'warning', file, state, field, message: `there is no ${type} "${name}".` }];
      }),
    );
}

function statesOf({ states }: JsonObject): [string, JsonObject][] {
  if (!isObject(states)) return [];
  return Object.entries(states).flatMap(([name, json]): [string, JsonObject][] =>
    isObject(json) ? [[name, json]] : [],
  );
}
