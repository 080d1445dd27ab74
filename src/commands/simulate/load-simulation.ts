import { join } from 'node:path';
import type { PopulationPlan } from '../../generators/trajectories/population/population.js';
import { loadPlan } from '../../generators/trajectories/run/load-plan.js';
import { NothingToSimulateError } from '../../generators/trajectories/run/plan-settings.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';
import { StartRefused } from '../start-refused.js';
import type { SimulationSettings } from './settings.js';

/**
 * Everything that a run needs, read and compiled; each thread does it for itself.
 * @throws {ModuleError} with all that is wrong with the modules; {StartRefused} when no module is left
 */
export async function loadSimulation(settings: SimulationSettings): Promise<PopulationPlan> {
  try {
    return await loadPlan(settings, join(packageRoot(), 'content'));
  } catch (error) {
    throw error instanceof NothingToSimulateError ? new StartRefused(error.message) : error;
  }
}
