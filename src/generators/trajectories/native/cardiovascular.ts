import type { Names } from '../names.js';
import type { Person } from '../person/person.js';
import { atrialFibrillationRisk } from '../risk/atrial-fibrillation.js';
import { ascvdRisk } from '../risk/pooled-cohort.js';
import { riskPerTime } from '../risk/risk-per-time.js';
import { strokeRisk } from '../risk/stroke.js';
import type { NativeModule } from './native-module.js';
import { msPerDay } from '../../../core/time/units.js';

const week = 7 * msPerDay;
/** The modules that read the risks do so every 30 days: computed anew every 28, no two readings share their noise. */
const between = 4 * week;
const leastAge = 20;
/** Before it no risk depends on anything but age and sex. */
const measuredAge = 40;
/** Stable ischaemic heart disease is this much more frequent than the events of the score (as in Synthea(TM)). */
const ischaemicRatio = 5;

const attributes = [
  ...['ascvd_risk', 'cardio_risk', 'mi_risk', 'ihd_risk', 'stroke_risk', 'atrial_fibrillation_risk'],
];

/**
 * Risks that modules use as chances. `mi_risk` and `ihd_risk` are for the 30 days between two readings; `stroke_risk`
 * and `atrial_fibrillation_risk` are for a week although they too are read every 30 days (as in Synthea(TM)).
 */
export const cardiovascular: NativeModule = {
  name: 'Cardiovascular Disease',
  place: 'among-modules',
  provides: { attributes, vitalSigns: [] },
  bind: (names) => {
    const factors = factorsIn(names);
    const [ascvd, cardio, mi, ihd, stroke, fibrillation] = attributes.map((name) =>
      names.attributes.id(name),
    );
    const hasFibrillation = names.attributes.id('atrial_fibrillation');
    return {
      step: (person, time) => {
        const age = person.ages.years(time);
        if (age < leastAge) return person.ages.monthsAfterBirth(12 * leastAge);
        const known = factors(person, time, age);
        const tenYears = ascvdRisk(known);
        const month = riskPerTime(tenYears, 30);
        person.set(ascvd ?? 0, tenYears);
        person.set(cardio ?? 0, riskPerTime(tenYears, 7));
        person.set(mi ?? 0, month);
        person.set(ihd ?? 0, ischaemicRatio * month);
        person.set(stroke ?? 0, riskPerTime(strokeRisk(known), 7));
        const risk =
          person.get(hasFibrillation) === undefined ? riskPerTime(atrialFibrillationRisk(known), 7) : -1;
        person.set(fibrillation ?? 0, risk);
        return age < measuredAge ? person.ages.monthsAfterBirth(12 * measuredAge) : time + between;
      },
    };
  },
};

type Factors = Parameters<typeof ascvdRisk>[0] &
  Parameters<typeof strokeRisk>[0] &
  Parameters<typeof atrialFibrillationRisk>[0];

function factorsIn(names: Names): (person: Person, time: number, age: number) => Factors {
  const flag = (name: string): ((person: Person) => boolean) => {
    const id = names.attributes.id(name);
    return (person) => person.get(id) === true;
  };
  const sign = (name: string): ((person: Person, time: number) => number) => {
    const id = names.vitalSigns.id(name);
    return (person, time) => person.vitalSigns.read(id, time);
  };
  const race = names.attributes.id('race');
  const fibrillation = names.attributes.id('atrial_fibrillation');
  const [smoker, diabetes, treated] = [flag('smoker'), flag('diabetes'), flag('blood_pressure_controlled')];
  const [heart, ventricle] = [flag('coronary_heart_disease'), flag('left_ventricular_hypertrophy')];
  const [pressure, bmi] = [sign('Systolic Blood Pressure'), sign('BMI')];
  const [total, hdl] = [sign('Total Cholesterol'), sign('HDL')];
  return (person, time, age) => ({
    ...{ sex: person.sex, age, isBlack: person.get(race) === 'black' },
    ...{ isSmoker: smoker(person), hasDiabetes: diabetes(person), isTreated: treated(person) },
    hasHeartDisease: heart(person),
    hasAtrialFibrillation: person.get(fibrillation) !== undefined,
    hasLeftVentricularHypertrophy: ventricle(person),
    systolic: pressure(person, time),
    bmi: bmi(person, time),
    totalCholesterol: total(person, time),
    hdl: Math.max(1, hdl(person, time)),
  });
}
