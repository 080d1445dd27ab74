import { join } from 'node:path';
import { Random } from '../../src/core/random/random.js';
import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import type { CompiledModules } from '../../src/generators/trajectories/compile/compiled-modules.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import { simulatePerson } from '../../src/generators/trajectories/simulate-person.js';

/** An entry of a simulated record, by the first of its codes. Times are in ms since 1970. */
export interface Happening {
  readonly code: string;
  readonly display: string;
  readonly start: number;
  /** NaN while it lasts. */
  readonly stop: number;
}

interface Stay extends Happening {
  readonly encounterClass: string;
  readonly disposition: string;
  readonly observations: readonly Measured[];
}

export interface Measured {
  readonly display: string;
  readonly time: number;
  readonly value: number;
}

export interface Life {
  readonly index: number;
  readonly sex: 'F' | 'M';
  readonly birth: number;
  readonly death: number;
  readonly conditions: readonly Happening[];
  readonly medications: readonly Happening[];
  readonly procedures: readonly Happening[];
  readonly stays: readonly Stay[];
}

const reference = Date.UTC(2025, 0, 1);

export async function compilePack(): Promise<CompiledModules> {
  const library = await readLibrary(join(import.meta.dirname, '../../content/modules'));
  return compileModules({ natives: [], library });
}

/** Lives of persons who would be of `ageAtEnd` on the reference day, women and men in turn. */
export function simulateLives(compiled: CompiledModules, count: number, ageAtEnd: number): Life[] {
  const random = Random.fromSeed('clinical modules');
  return Array.from({ length: count }, (_, index) => {
    const birth = Date.UTC(2025 - ageAtEnd, index % 12, 1);
    const sex = index % 2 === 0 ? 'F' : 'M';
    return readLife(simulatePerson(compiled, { index, birth, sex, attributes: {} }, { random, end: reference }));
  });
}

interface Rows {
  readonly count: number;
  readonly start: { at(row: number): number };
  readonly stop: { at(row: number): number };
  readonly codes: { at(row: number): number };
}

function readLife({ person, record }: ReturnType<typeof simulatePerson>): Life {
  const first = (list: number): { code: string; display: string } =>
    person.names.codes.listAt(list)[0] ?? { code: '', display: '' };
  const read = (rows: Rows): Happening[] =>
    Array.from({ length: rows.count }, (_, row) => {
      const { code, display } = first(rows.codes.at(row));
      return { code, display, start: rows.start.at(row), stop: rows.stop.at(row) };
    });
  const { observations, encounters } = record;
  const measured = new Map<number, Measured[]>();
  for (let row = 0; row < observations.count; row += 1) {
    const encounter = observations.encounter.at(row);
    const { display } = first(observations.codes.at(row));
    const one = { display, time: observations.start.at(row), value: observations.number.at(row) };
    const others = measured.get(encounter);
    if (others === undefined) measured.set(encounter, [one]);
    else others.push(one);
  }
  const stays = read(encounters).map((stay, row): Stay => {
    const disposition = encounters.disposition.at(row);
    return {
      ...stay,
      encounterClass: person.names.encounterClasses.name(encounters.encounterClass.at(row)),
      disposition: disposition < 0 ? '' : person.names.codes.codeAt(disposition).code,
      observations: measured.get(row) ?? [],
    };
  });
  const { index, sex, birth, death } = person;
  return {
    ...{ index, sex, birth, death, stays },
    conditions: read(record.conditions),
    medications: read(record.medications),
    procedures: read(record.procedures),
  };
}
