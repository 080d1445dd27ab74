import type { RuleFolders, RulesGenerator } from '../generator.js';
import { hashRules } from './run/hash-rules.js';
import { loadPlan } from './run/load-plan.js';
import type { PlanSettings } from './run/plan-settings.js';
import { SimulatedPopulation } from './run/simulated-population.js';
import {
  parametersSchema,
  type TrajectoryParameters,
  triesDefault,
  yearsOfHistoryDefault,
} from './run/trajectory-parameters.js';

/** Invented lives by rules of the Generic Module Framework, as people of England and Wales. */
export const clinicalTrajectories: RulesGenerator = {
  name: 'clinical-trajectories',
  version: '1.0.0',
  title: 'Clinical trajectories (GMF modules)',
  sees: 'rules',
  tier: 'STRUCTURAL',
  parameters: parametersSchema,
  hash: hashRules,
  async simulate(folders, options) {
    const parameters = options.parameters as unknown as TrajectoryParameters;
    const plan = await loadPlan(settingsOf(folders, parameters), folders.contentFolder);
    const span = { yearsOfHistory: parameters.yearsOfHistory ?? yearsOfHistoryDefault, end: plan.end };
    return new SimulatedPopulation({ ...plan, random: options.random.fork('simulate') }, span, options);
  },
};

function settingsOf({ modules }: RuleFolders, parameters: TrajectoryParameters): PlanSettings {
  const { referenceDate, having = [], without = [] } = parameters;
  const end = Date.parse(`${referenceDate}T00:00:00Z`);
  return {
    ...{ referenceDate: end, end, modules },
    // The stream of the plan is put in its place.
    seed: '',
    sex: parameters.sex ?? null,
    age: parameters.age ?? null,
    area: parameters.area ?? null,
    composition: parameters.composition ?? 'mixed',
    only: parameters.modules ?? [],
    leaveOutBroken: false,
    keep: null,
    cohort: having.length + without.length === 0 ? null : { having, without },
    triesMax: parameters.triesMax ?? triesDefault,
    demographics: null,
    ...{ overrides: null, fixed: null, past: null },
    isFastForward: parameters.fastForward ?? false,
  };
}
