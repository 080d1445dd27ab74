import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../../core/random/random.js';
import { compileModules } from '../../generators/trajectories/compile/compile-modules.js';
import type { CompiledModules } from '../../generators/trajectories/compile/compiled-modules.js';
import type { DemographicPack } from '../../generators/trajectories/demographics/demographics.js';
import { englandWales } from '../../generators/trajectories/demographics/england-wales.js';
import { townPack } from '../../generators/trajectories/demographics/town-pack.js';
import { readGrowthCharts } from '../../generators/trajectories/growth/growth-charts.js';
import { isSubmodule, type ModuleLibrary } from '../../generators/trajectories/library/module-library.js';
import { readLibrary } from '../../generators/trajectories/library/read-library.js';
import { readBmiAtTwo } from '../../generators/trajectories/native/growth.js';
import {
  readSchedule,
  type VaccineSeries,
} from '../../generators/trajectories/native/immunisation-schedule.js';
import { standardNatives } from '../../generators/trajectories/native/standard-natives.js';
import { isInCohort, unknownCodes } from '../../generators/trajectories/population/cohort.js';
import { readKeepModule } from '../../generators/trajectories/population/keep-module.js';
import type { PopulationPlan } from '../../generators/trajectories/population/population.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';
import { StartRefused } from '../start-refused.js';
import type { SimulationSettings } from './settings.js';

/**
 * Everything that a run needs, read and compiled; each thread does it for itself.
 * @throws {ModuleError} with all that is wrong with the modules; {StartRefused} when no module is left
 */
export async function loadSimulation(settings: SimulationSettings): Promise<PopulationPlan> {
  const pack = await loadPack(settings.demographics);
  const library = await loadLibrary(settings);
  const compiled = compileModules({
    natives: standardNatives({
      charts: readGrowthCharts({
        lms: await content('growth/cdc-lms.csv'),
        weightForLength: await content('growth/cdc-weight-for-length.csv'),
      }),
      atTwo: readBmiAtTwo(await content('growth/nhanes-bmi-at-two.csv')),
      schedule: await loadSchedule(pack.country),
      country: pack.country,
    }),
    library,
    leaveOutBroken: settings.leaveOutBroken,
  });
  const keep = await keepOf(settings, compiled);
  const { composition, end, referenceDate, triesMax, sex, age, area } = settings;
  return {
    ...{ compiled, pack, composition, end, referenceDate, triesMax },
    criteria: {
      ...(sex === null ? {} : { sex }),
      ...(age === null ? {} : { age }),
      ...(area === null ? {} : { area }),
    },
    random: Random.fromSeed(settings.seed).fork('simulate'),
    ...(keep === null ? {} : { keep }),
  };
}

/** The modules that a run is made of. @throws {StartRefused} when no module is left */
export async function loadLibrary({
  modules,
  only,
}: Pick<SimulationSettings, 'modules' | 'only'>): Promise<ModuleLibrary> {
  return withOnly(await readLibrary(...modules), only);
}

async function loadSchedule(country: string): Promise<readonly VaccineSeries[]> {
  const file = country === 'GB' ? 'gb.csv' : 'us.csv';
  return readSchedule(await content(`immunisation/${file}`), file);
}

/** What a life has to be like by the keep module and the cohort; null where neither is given. */
async function keepOf(
  { keep, cohort, end }: SimulationSettings,
  { names }: CompiledModules,
): Promise<NonNullable<PopulationPlan['keep']> | null> {
  if (keep === null && cohort === null) return null;
  const test = keep === null ? null : readKeepModule(await readFile(keep, 'utf8'));
  const unknown = cohort === null ? [] : unknownCodes(cohort, names.codes);
  if (unknown.length > 0)
    throw new StartRefused(`No module that is run ever records the code ${unknown.join(' or ')}.`);
  return (trajectory) =>
    (test === null || test(trajectory.person, Math.min(end, trajectory.person.death))) &&
    (cohort === null || isInCohort(trajectory, cohort));
}

async function loadPack(folder: string | null): Promise<DemographicPack> {
  const file = (name: string): Promise<string> => content(`demographics/england-wales/${name}`);
  const names = {
    givenNames: await file('given-names.csv'),
    givenNamesByGroup: await file('given-names-by-group.csv'),
    surnames: await file('surnames.csv'),
  };
  if (folder !== null)
    return townPack({
      ...names,
      demographics: await readFile(join(folder, 'demographics.csv'), 'utf8'),
      social: await readFile(join(folder, 'sdoh.csv'), 'utf8'),
    });
  return englandWales({
    ...names,
    population: await file('population.csv'),
    ethnicity: await file('ethnicity.csv'),
    towns: await file('local-authorities.csv'),
    settings: await file('pack.json'),
  });
}

function content(path: string): Promise<string> {
  return readFile(join(packageRoot(), 'content', path), 'utf8');
}

/** The library with those of its top-level modules that a pattern names; submodules stay. */
function withOnly(library: ModuleLibrary, patterns: readonly string[]): ModuleLibrary {
  if (patterns.length === 0) return library;
  const wanted = patterns.map(
    (pattern) => new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`),
  );
  const modules = [...library.modules].filter(
    ([path]) => isSubmodule(path) || wanted.some((one) => one.test(path)),
  );
  if (modules.every(([path]) => isSubmodule(path)))
    throw new StartRefused(`No module is called ${patterns.join(' or ')}.`);
  return { ...library, modules: new Map(modules) };
}
