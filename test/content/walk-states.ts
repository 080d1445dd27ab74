import { targetsOf, type PackModule } from './clinical-pack.js';

/** Names of the states that can be reached from a state, the state itself apart unless a way leads back. */
export function reachableFrom(module: PackModule, start: string, passes: (name: string) => boolean = () => true): Set<string> {
  const found = new Set<string>();
  const next = [start];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const state = module.states.get(name);
    if (state === undefined || (name !== start && !passes(name))) continue;
    for (const target of targetsOf(state))
      if (!found.has(target)) {
        found.add(target);
        next.push(target);
      }
  }
  return found;
}

const takesTime = new Set(['Delay', 'Guard', 'Encounter']);

/** States on a circle that no time passes in; a person in it would never leave it. */
export function timelessLoops(module: PackModule, submodulesWithTime: ReadonlySet<string>): string[] {
  const isInstant = (name: string): boolean => {
    const state = module.states.get(name);
    if (state === undefined || takesTime.has(state.type)) return false;
    return !(state.type === 'CallSubmodule' && submodulesWithTime.has(state.submodule ?? ''));
  };
  return [...module.states.keys()].filter(
    (name) => isInstant(name) && reachableFrom(module, name, isInstant).has(name),
  );
}

/** Encounters from which the same encounter can come again, or the module end, before anything has ended it. */
export function unendedEncounters(module: PackModule, ending: ReadonlySet<string>): string[] {
  const isOpen = (name: string): boolean => {
    const state = module.states.get(name);
    if (state?.type === 'EncounterEnd') return false;
    return !(state?.type === 'CallSubmodule' && ending.has(state.submodule ?? ''));
  };
  const loses = (name: string): boolean => {
    const after = reachableFrom(module, name, isOpen);
    const ends = [...after].filter((other) => module.states.get(other)?.type === 'Terminal');
    return after.has(name) || (!module.isSubmodule && ends.length > 0);
  };
  return [...module.states].flatMap(([name, { type }]) => (type === 'Encounter' && loses(name) ? [name] : []));
}
