import { join } from 'node:path';
import { Random } from '../../src/core/random/random.js';
import type { CompiledModules } from '../../src/generators/trajectories/compile/compiled-modules.js';
import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import { simulatePerson, type Trajectory } from '../../src/generators/trajectories/simulate-person.js';
import { standInLifecycle } from '../../src/generators/trajectories/testing/stand-in-lifecycle.js';
import { describeWithShared } from '../support/shared-data.js';
import { recordRows } from '../support/trajectories/record-rows.js';

const end = Date.UTC(2026, 0, 1);
const lives = 15;
const dated = [
  ...([
    'encounters',
    'conditions',
    'allergies',
    'medications',
    'carePlans',
    'procedures',
    'devices',
  ] as const),
  ...(['supplies', 'reports', 'imagingStudies', 'observations', 'immunizations'] as const),
];

describeWithShared('every life of the stock modules', 'synthea-modules/modules', (folder) => {
  let modules: CompiledModules;
  let all: Trajectory[];

  const live = (index: number, seed = 'laws', compiled = modules): Trajectory =>
    simulatePerson(
      compiled,
      {
        index,
        birth: end - (index * 18 + 55) * 1e10 * 1.1,
        sex: index % 2 === 0 ? 'F' : 'M',
        attributes: {
          race: 'white',
          ethnicity: 'nonhispanic',
          state: 'Massachusetts',
          socioeconomic_category: 'Low',
        },
      },
      { random: Random.fromSeed(seed), end },
    );

  beforeAll(async () => {
    const library = await readLibrary(join(folder));
    modules = compileModules({ library, natives: [standInLifecycle] });
    all = Array.from({ length: lives }, (_, index) => live(index));
  }, 300_000);

  it('has no event before birth or after death, and hangs each on an encounter that has begun', () => {
    let events = 0;
    for (const { person, record } of all)
      for (const table of dated) {
        const rows = record[table];
        for (let row = 0; row < rows.count; row += 1) {
          const start = rows.start.at(row);
          events += 1;
          if (start < person.birth || start > person.death)
            throw new Error(`${person.index} ${table} ${row}`);
          if (!('encounter' in rows)) continue;
          const encounter = rows.encounter.at(row);
          const begun = record.encounters.start.at(encounter);
          if (encounter < 0 || encounter >= record.encounters.count || begun > start)
            throw new Error(`${person.index} ${table} ${row} hangs on ${encounter}`);
        }
      }
    expect(events).toBeGreaterThan(lives * 100);
    expect(all.some(({ person }) => person.death < end)).toBe(true);
  });

  it('stops nothing before it began', () => {
    for (const { record } of all)
      for (const table of [
        'encounters',
        'conditions',
        'medications',
        'carePlans',
        'procedures',
        'devices',
      ] as const) {
        const { start, stop, count } = record[table];
        // What a module wrote at a moment it was set back to may end, seen from there, up to a step before another module's beginning.
        for (let row = 0; row < count; row += 1)
          expect(stop.at(row)).not.toBeLessThan(start.at(row) - 7 * 86_400_000);
      }
  });

  it('has the same bytes for the same seed, others for another, whoever lived before', () => {
    const [first, second] = [live(7), live(3)];
    expect(recordRows(live(3).record)).toEqual(recordRows(second.record));
    expect(recordRows(live(7).record)).toEqual(recordRows(first.record));
    expect(recordRows(live(7, 'other').record)).not.toEqual(recordRows(first.record));
  });
});
