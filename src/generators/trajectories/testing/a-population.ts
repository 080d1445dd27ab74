import { Random } from '../../../core/random/random.js';
import { compileModules } from '../compile/compile-modules.js';
import { readBmiAtTwo } from '../native/growth.js';
import { readSchedule } from '../native/immunisation-schedule.js';
import { standardNatives } from '../native/standard-natives.js';
import { Population, type PopulationPlan } from '../population/population.js';
import { RecordBuffers } from '../record/record-buffers.js';
import { anEnglandWalesPack, contentText, theGrowthCharts } from './content.js';

const code = (system: string, number: string, display: string) => ({ system, code: number, display });

/** A cold every few years that is seen by a doctor and treated; one in ten is deadly. */
export const coldModule = {
  name: 'Cold',
  states: {
    Initial: { type: 'Initial', direct_transition: 'Well' },
    Well: {
      type: 'Delay',
      distribution: { kind: 'EXPONENTIAL', parameters: { mean: 4 } },
      unit: 'years',
      direct_transition: 'Visit',
    },
    Visit: {
      type: 'Encounter',
      encounter_class: 'ambulatory',
      codes: [code('SNOMED-CT', '185345009', 'Encounter for symptom, with "commas"')],
      direct_transition: 'Cold',
    },
    Cold: {
      type: 'ConditionOnset',
      target_encounter: 'Visit',
      codes: [code('SNOMED-CT', '82272006', 'Common cold')],
      direct_transition: 'Temperature',
    },
    Temperature: {
      type: 'Observation',
      category: 'vital-signs',
      unit: 'Cel',
      codes: [code('LOINC', '8310-5', 'Body temperature')],
      range: { low: 37, high: 39 },
      direct_transition: 'Syrup',
    },
    Syrup: {
      type: 'MedicationOrder',
      reason: 'Cold',
      codes: [code('RxNorm', '1043400', '=Syrup')],
      direct_transition: 'End Visit',
    },
    'End Visit': { type: 'EncounterEnd', direct_transition: 'Ill' },
    Ill: { type: 'Delay', exact: { quantity: 10, unit: 'days' }, direct_transition: 'Better' },
    Better: { type: 'ConditionEnd', condition_onset: 'Cold', direct_transition: 'No More Syrup' },
    'No More Syrup': {
      type: 'MedicationEnd',
      medication_order: 'Syrup',
      distributed_transition: [
        { distribution: 0.1, transition: 'Dead' },
        { distribution: 0.9, transition: 'Well' },
      ],
    },
    Dead: {
      type: 'Death',
      codes: [code('SNOMED-CT', '82272006', 'Common cold')],
      direct_transition: 'Terminal',
    },
    Terminal: { type: 'Terminal' },
  },
} as const;

export const end = Date.UTC(2026, 0, 1);

const compiled = compileModules({
  natives: standardNatives({
    ...{ charts: theGrowthCharts(), country: 'GB' },
    atTwo: readBmiAtTwo(contentText('growth/nhanes-bmi-at-two.csv')),
    schedule: readSchedule(contentText('immunisation/gb.csv'), 'gb.csv'),
  }),
  library: { modules: new Map([['cold', coldModule]]), tables: new Map(), problems: [] },
});
const pack = anEnglandWalesPack();

/** With the one module above. */
export function aPopulation(different: Partial<PopulationPlan> = {}): Population {
  const plan: PopulationPlan = {
    ...{ compiled, pack, criteria: {}, composition: 'mixed', end, referenceDate: end, triesMax: 100 },
    random: Random.fromSeed('population'),
  };
  return new Population({ ...plan, ...different }, new RecordBuffers());
}
