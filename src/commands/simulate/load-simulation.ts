import { join } from 'node:path';
import type { ModuleLibrary } from '../../generators/trajectories/library/module-library.js';
import type { PopulationPlan } from '../../generators/trajectories/population/population.js';
import * as run from '../../generators/trajectories/run/load-plan.js';
import {
  NothingToSimulateError,
  type PlanSettings,
} from '../../generators/trajectories/run/plan-settings.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';
import { StartRefused } from '../start-refused.js';

/**
 * Everything that a run needs, read and compiled; each thread does it for itself.
 * @throws {ModuleError} with all that is wrong with the modules; {StartRefused} when no module is left
 */
export function loadSimulation(settings: PlanSettings): Promise<PopulationPlan> {
  return run.loadPlan(settings, join(packageRoot(), 'content')).catch(refuse);
}

/** The modules that a run is made of. @throws {StartRefused} when no module is left */
export function loadLibrary(
  settings: Pick<PlanSettings, 'modules' | 'only' | 'overrides'>,
): Promise<ModuleLibrary> {
  return run.loadLibrary(settings).catch(refuse);
}

function refuse(error: unknown): never {
  throw error instanceof NothingToSimulateError ? new StartRefused(error.message) : error;
}
