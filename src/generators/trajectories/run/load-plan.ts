import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../../../core/random/random.js';
import { compileModules } from '../compile/compile-modules.js';
import type { CompiledModules } from '../compile/compiled-modules.js';
import type { DemographicPack } from '../demographics/demographics.js';
import { englandWales } from '../demographics/england-wales.js';
import { townPack } from '../demographics/town-pack.js';
import { readGrowthCharts } from '../growth/growth-charts.js';
import { applyOverrides } from '../library/apply-overrides.js';
import { isSubmodule, type ModuleLibrary } from '../library/module-library.js';
import { readLibrary } from '../library/read-library.js';
import { readBmiAtTwo } from '../native/growth.js';
import { readSchedule, type VaccineSeries } from '../native/immunisation-schedule.js';
import { standardNatives } from '../native/standard-natives.js';
import { isInCohort, unknownCodes } from '../population/cohort.js';
import { readFixedPeople, type FixedPerson } from '../population/fixed-people.js';
import { readKeepModule } from '../population/keep-module.js';
import type { PopulationPlan } from '../population/population.js';
import { NothingToSimulateError, type PlanSettings } from './plan-settings.js';

/** Reads a file of the content that comes with the program. */
type ContentReader = (path: string) => Promise<string>;

/**
 * Everything that a run needs, read and compiled; each thread does it for itself.
 * @param contentFolder demographics, growth charts and vaccination schedules
 * @throws {ModuleError} with all that is wrong with the modules
 * @throws {NothingToSimulateError} when no module is left, or a code is asked for that none records
 */
export async function loadPlan(settings: PlanSettings, contentFolder: string): Promise<PopulationPlan> {
  const content: ContentReader = (path) => readFile(join(contentFolder, path), 'utf8');
  const pack = await loadPack(settings.demographics, content);
  const library = await loadLibrary(settings);
  const compiled = compileModules({
    natives: standardNatives({
      charts: readGrowthCharts({
        lms: await content('growth/cdc-lms.csv'),
        weightForLength: await content('growth/cdc-weight-for-length.csv'),
      }),
      atTwo: readBmiAtTwo(await content('growth/nhanes-bmi-at-two.csv')),
      schedule: await loadSchedule(pack.country, content),
      country: pack.country,
    }),
    library,
    leaveOutBroken: settings.leaveOutBroken,
    isFastForward: settings.isFastForward,
  });
  const keep = await keepOf(settings, compiled);
  const fixed = await fixedOf(settings.fixed);
  const { composition, end, referenceDate, triesMax, sex, age, area, past } = settings;
  return {
    ...{ compiled, pack, composition, end, referenceDate, triesMax },
    criteria: {
      ...(sex === null ? {} : { sex }),
      ...(age === null ? {} : { age }),
      ...(area === null ? {} : { area }),
    },
    random: Random.fromSeed(settings.seed).fork('simulate'),
    ...(keep === null ? {} : { keep }),
    ...(fixed === null ? {} : { fixed }),
    ...(past === null ? {} : { past }),
  };
}

/** The modules that a run is made of. @throws {NothingToSimulateError} when no module is left */
export async function loadLibrary({
  modules,
  only,
  overrides,
}: Pick<PlanSettings, 'modules' | 'only' | 'overrides'>): Promise<ModuleLibrary> {
  const library = await readLibrary(...modules);
  const changed = overrides === null ? library : applyOverrides(library, await readFile(overrides, 'utf8'));
  return withOnly(changed, only);
}

async function fixedOf(file: string | null): Promise<readonly FixedPerson[] | null> {
  return file === null ? null : readFixedPeople(await readFile(file, 'utf8'), file);
}

async function loadSchedule(country: string, content: ContentReader): Promise<readonly VaccineSeries[]> {
  const file = country === 'GB' ? 'gb.csv' : 'us.csv';
  return readSchedule(await content(`immunisation/${file}`), file);
}

/** What a life has to be like by the keep module and the cohort; null where neither is given. */
async function keepOf(
  { keep, cohort, end }: PlanSettings,
  { names }: CompiledModules,
): Promise<NonNullable<PopulationPlan['keep']> | null> {
  if (keep === null && cohort === null) return null;
  const test = keep === null ? null : readKeepModule(await readFile(keep, 'utf8'));
  const unknown = cohort === null ? [] : unknownCodes(cohort, names.codes);
  if (unknown.length > 0)
    throw new NothingToSimulateError(`No module that is run ever records the code ${unknown.join(' or ')}.`);
  return (trajectory) =>
    (test === null || test(trajectory.person, Math.min(end, trajectory.person.death))) &&
    (cohort === null || isInCohort(trajectory, cohort));
}

async function loadPack(folder: string | null, content: ContentReader): Promise<DemographicPack> {
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
    throw new NothingToSimulateError(`No module is called ${patterns.join(' or ')}.`);
  return { ...library, modules: new Map(modules) };
}
