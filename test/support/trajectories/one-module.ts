import { Random } from '../../../src/core/random/random.js';
import { compileModules } from '../../../src/generators/trajectories/compile/compile-modules.js';
import type { CompiledModules } from '../../../src/generators/trajectories/compile/compiled-modules.js';
import type { Trace } from '../../../src/generators/trajectories/engine/machine.js';
import type { JsonObject } from '../../../src/generators/trajectories/library/fields.js';
import type { ModuleLibrary } from '../../../src/generators/trajectories/library/module-library.js';
import type { PersonInput } from '../../../src/generators/trajectories/person/person.js';
import { simulatePerson, type Trajectory } from '../../../src/generators/trajectories/simulate-person.js';
import { standInLifecycle } from '../../../src/generators/trajectories/testing/stand-in-lifecycle.js';

export const day = 86_400_000;
export const birth = Date.UTC(1990, 0, 1);

type States = Readonly<Record<string, JsonObject>>;

/** A library of modules by path, each given by its states. */
export function libraryOf(
  modules: Readonly<Record<string, States>>,
  tables: Readonly<Record<string, string>> = {},
): ModuleLibrary {
  return {
    modules: new Map(Object.entries(modules).map(([path, states]) => [path, { name: path, states }])),
    tables: new Map(Object.entries(tables)),
    problems: [],
  };
}

export function compiled(library: ModuleLibrary): CompiledModules {
  return compileModules({ library, natives: [standInLifecycle] });
}

const attributes = {
  ...{ race: 'white', ethnicity: 'english', state: 'Massachusetts', socioeconomic_category: 'Middle' },
};

/** One life of somebody born in 1990, for so many days. */
export function live(
  modules: CompiledModules,
  days: number,
  input: Partial<PersonInput> = {},
  seed = 'one-module',
  trace?: Trace,
): Trajectory {
  const person: PersonInput = { index: 0, birth, sex: 'F', attributes, ...input };
  return simulatePerson(modules, person, {
    random: Random.fromSeed(seed),
    end: person.birth + days * day,
    ...(trace === undefined ? {} : { trace }),
  });
}

/** The codes of an encounter, condition, ... with when it began, in days of life: `50849002@2`. */
export function begun(
  { person }: Trajectory,
  table: { start: { at(row: number): number }; codes: { at(row: number): number }; count: number },
): string[] {
  return Array.from({ length: table.count }, (_, row) => {
    const [code] = person.names.codes.listAt(table.codes.at(row));
    return `${code?.code ?? '-'}@${(table.start.at(row) - person.birth) / day}`;
  });
}
