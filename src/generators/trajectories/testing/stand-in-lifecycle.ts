import type { NativeModule } from '../native/native-module.js';
import { streamKey, type Stream } from '../person/stream.js';
import { msPerDay } from '../../../core/time/units.js';

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Where the vital signs of the stand-in lie; each is uniform and new each week. */
const vitalSigns: Readonly<Record<string, Range>> = {
  BMI: { low: 18, high: 38 },
  'BMI Percentile': { low: 1, high: 99 },
  'Blood Glucose': { low: 4.5, high: 8 },
  'Body temperature': { low: 36, high: 38 },
  Calcium: { low: 8.6, high: 10.2 },
  'Carbon Dioxide': { low: 20, high: 29 },
  Chloride: { low: 101, high: 111 },
  Creatinine: { low: 0.5, high: 3 },
  'Diastolic Blood Pressure': { low: 60, high: 100 },
  EGFR: { low: 10, high: 120 },
  Glucose: { low: 65, high: 180 },
  HDL: { low: 30, high: 80 },
  'Head Circumference': { low: 30, high: 50 },
  'Heart Rate': { low: 60, high: 100 },
  Height: { low: 50, high: 190 },
  'Height Percentile': { low: 1, high: 99 },
  LDL: { low: 60, high: 190 },
  'Left ventricular Ejection fraction': { low: 50, high: 75 },
  'Microalbumin Creatinine Ratio': { low: 2, high: 400 },
  'Oxygen Saturation': { low: 80, high: 100 },
  Potassium: { low: 3.7, high: 5.2 },
  'Respiration Rate': { low: 12, high: 16 },
  Sodium: { low: 136, high: 144 },
  'Systolic Blood Pressure': { low: 90, high: 180 },
  'Total Cholesterol': { low: 120, high: 280 },
  Triglycerides: { low: 60, high: 400 },
  'Urea Nitrogen': { low: 7, high: 20 },
  'Head Circumference Percentile': { low: 1, high: 99 },
  Weight: { low: 3, high: 110 },
  'Weight Percentile': { low: 1, high: 99 },
  'Weight-for-length Percentile': { low: 1, high: 99 },
};

/** Attributes that begin with life, drawn once. */
function bornWith(stream: Stream): Readonly<Record<string, string | number | boolean>> {
  const isSo = (probability: number): boolean => stream.uniform() < probability;
  return {
    RH_NEG: isSo(0.15),
    insurance_status: isSo(0.1) ? 'none' : 'private',
    sexual_orientation: isSo(0.03) ? 'homosexual' : 'heterosexual',
    food_insecurity: isSo(0.1),
    severe_housing_cost_burden: isSo(0.15),
    unemployed: isSo(0.05),
    no_vehicle_access: isSo(0.1),
    uninsured: isSo(0.1),
    education: 'hs_degree',
    income: Math.round(stream.uniform() * 150_000),
    poverty_ratio: stream.uniform() * 5,
    first_language: 'english',
    birth_country: 'US',
    bmi_percentile: stream.uniform(),
    current_weight_length_percentile: stream.uniform(),
    weight_loss_adherence: isSo(0.6),
    days_until_death: 100_000,
    C19_FULLY_VACCINATED: isSo(0.5),
  };
}

const monthlyRisks = ['mi_risk', 'ihd_risk', 'stroke_risk', 'atrial_fibrillation_risk'];
const year = 365 * msPerDay;

/**
 * A small stand-in for what code gives the stock modules: noise for vital signs, coins for habits, constant risks. It makes all
 * modules run; the numbers mean nothing.
 */
export const standInLifecycle: NativeModule = {
  name: 'Lifecycle',
  place: 'among-modules',
  provides: {
    attributes: [
      ...[
        'RH_NEG',
        'insurance_status',
        'sexual_orientation',
        'food_insecurity',
        'severe_housing_cost_burden',
      ],
      ...[
        'unemployed',
        'no_vehicle_access',
        'uninsured',
        'education',
        'income',
        'poverty_ratio',
        'first_language',
      ],
      ...['birth_country', 'bmi_percentile', 'current_weight_length_percentile', 'weight_loss_adherence'],
      ...['age', 'smoker', 'alcoholic', 'marital_status', 'probability_of_fall_injury', ...monthlyRisks],
    ],
    vitalSigns: Object.keys(vitalSigns),
  },
  bind: (names) => {
    const key = streamKey('native/Lifecycle');
    const signs = Object.entries(vitalSigns).map(([name, range]) => {
      return { id: names.vitalSigns.id(name), key: streamKey(`vital-sign/${name}`), ...range };
    });
    const attribute = (name: string): number => names.attributes.id(name);
    const [age, smoker, alcoholic, marital, falls] = [
      ...[attribute('age'), attribute('smoker'), attribute('alcoholic')],
      ...[attribute('marital_status'), attribute('probability_of_fall_injury')],
    ] as const;
    return {
      begin: (person) => {
        for (const { id, key: signKey, low, high } of signs)
          person.vitalSigns.provide(id, (of, time) => {
            return low + (high - low) * of.stream(signKey).uniformAt(of.weekAt(time));
          });
        for (const [name, value] of Object.entries(bornWith(person.stream(key))))
          person.setByName(name, value);
        for (const name of monthlyRisks) person.setByName(name, 0.0005);
        person.set(marital, 'S');
        person.set(falls, 0.035);
      },
      step: (person, time) => {
        const years = person.ages.years(time);
        person.set(age, years);
        if (years >= 16 && person.get(smoker) === undefined)
          person.set(smoker, person.stream(key).uniform() < 0.2);
        if (years >= 25 && person.get(alcoholic) === undefined)
          person.set(alcoholic, person.stream(key).uniform() < 0.025);
        if (years >= 28 && person.get(marital) === 'S') person.set(marital, 'M');
        return time + year / 12;
      },
    };
  },
};
