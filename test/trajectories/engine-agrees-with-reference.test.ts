import { join } from 'node:path';
import { Random } from '../../src/core/random/random.js';
import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import type { PersonInput } from '../../src/generators/trajectories/person/person.js';
import { simulatePerson } from '../../src/generators/trajectories/simulate-person.js';
import { standInLifecycle } from '../../src/generators/trajectories/testing/stand-in-lifecycle.js';
import { describeWithShared } from '../support/shared-data.js';
import { recordRows } from '../support/trajectories/record-rows.js';
import { simulateByReference } from '../support/trajectories/reference-interpreter.js';

/** How many lives are compared; PICKETFENCE_REFERENCE_PERSONS asks for more. */
const persons = Number(process.env['PICKETFENCE_REFERENCE_PERSONS'] ?? 6);
const end = Date.UTC(2026, 0, 1);
const races = ['white', 'black', 'asian', 'hispanic', 'native', 'other'];

function inputOf(index: number): PersonInput {
  const years = (index * 37) % 95;
  return {
    index,
    birth: end - Math.floor((years + 0.3) * 365.25 * 86_400_000),
    sex: index % 2 === 0 ? 'F' : 'M',
    attributes: {
      race: races[index % races.length]!,
      ethnicity: index % 3 === 0 ? 'hispanic' : 'nonhispanic',
      state: 'Massachusetts',
      socioeconomic_category: ['High', 'Middle', 'Low'][index % 3]!,
    },
  };
}

describeWithShared('the engine', 'synthea-modules', (folder) => {
  it(`writes the records of the reference interpreter, row by row, for ${persons} lives of the stock modules`, async () => {
    const library = await readLibrary(join(folder, 'modules'));
    const compiled = compileModules({ library, natives: [standInLifecycle] });
    const options = { random: Random.fromSeed('differential'), end };
    let rows = 0;
    for (let index = 0; index < persons; index += 1) {
      const byEngine = simulatePerson(compiled, inputOf(index), options);
      const engineRows = recordRows(byEngine.record);
      const byReference = simulateByReference({ library, compiled }, inputOf(index), options);
      const referenceRows = recordRows(byReference.record);
      for (const [table, expected] of Object.entries(referenceRows)) {
        expect([index, table, engineRows[table]]).toEqual([index, table, expected]);
        rows += expected.length;
      }
      expect(byEngine.person.death).toBe(byReference.person.death);
    }
    expect(rows).toBeGreaterThan(500 * persons);
  }, 600_000);
});
