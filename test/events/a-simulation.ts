import { Random } from '../../src/core/random/random.js';
import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import type { CompiledModules } from '../../src/generators/trajectories/compile/compiled-modules.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import { readBmiAtTwo } from '../../src/generators/trajectories/native/growth.js';
import { readSchedule } from '../../src/generators/trajectories/native/immunisation-schedule.js';
import { standardNatives } from '../../src/generators/trajectories/native/standard-natives.js';
import { Population } from '../../src/generators/trajectories/population/population.js';
import { RecordBuffers } from '../../src/generators/trajectories/record/record-buffers.js';
import {
  anEnglandWalesPack,
  contentText,
  theGrowthCharts,
} from '../../src/generators/trajectories/testing/content.js';

export const end = Date.UTC(2026, 0, 1);

/** A folder of modules with everything that code gives them. */
export async function compileFolder(folder: string): Promise<CompiledModules> {
  return compileModules({
    natives: standardNatives({
      ...{ charts: theGrowthCharts(), country: 'GB' },
      atTwo: readBmiAtTwo(contentText('growth/nhanes-bmi-at-two.csv')),
      schedule: readSchedule(contentText('immunisation/gb.csv'), 'gb.csv'),
    }),
    library: await readLibrary(folder),
  });
}

/** People of the country, each with one life. */
export function populationOf(
  compiled: CompiledModules,
  { age }: { age: { low: number; high: number } },
): Population {
  return new Population(
    {
      ...{ compiled, pack: anEnglandWalesPack(), criteria: { age }, composition: 'mixed', triesMax: 100 },
      ...{ end, referenceDate: end, random: Random.fromSeed('records') },
    },
    new RecordBuffers(),
  );
}
