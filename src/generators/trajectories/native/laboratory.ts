import type { Names } from '../names.js';
import type { Person } from '../person/person.js';
import { streamKey } from '../person/stream.js';
import type { VitalSignProvider } from '../person/vital-signs.js';
import { lipids, type BySeverity, type Named } from './lipids.js';
import type { NativeModule } from './native-module.js';

type Range = readonly [low: number, high: number];

/** By the severity of diabetes, mg/dL: the values of one severity lie between its bound and the next. */
const glucose = [64, 100, 125, 200];

/** By the stage of chronic kidney disease, 1 to 4; ml/min and mg/g. */
const clearance: readonly Range[] = [
  [0, 0],
  [60, 90],
  [30, 59],
  [15, 29],
  [1, 15],
];
const albumin: readonly Range[] = [
  [0, 17],
  [0, 17],
  [17, 30],
  [30, 300],
  [300, 600],
];
const healthyClearance = { M: [77, 160], F: [56, 161] } as const;

const steady: Readonly<Record<string, Range>> = {
  'Urea Nitrogen': [7, 20],
  'Carbon Dioxide': [20, 29],
  Chloride: [101, 111],
  Potassium: [3.7, 5.2],
  Sodium: [136, 144],
  Calcium: [8.5, 10.2],
  'Heart Rate': [60, 100],
  'Respiration Rate': [12, 16],
};
const oxygen = { healthy: [90, 99], low: [75, 89] } as const;

/** What a drug takes off HbA1c, in percentage points, by RxNorm code. */
const hba1cDrugs = [
  ...([
    ['860975', 1.5],
    ['897122', 0.5],
    ['1373463', 0.5],
    ['106892', 3],
    ['865098', 6],
  ] as const),
];

const draws = {
  ...{ glucose: 3, hba1c: 4, clearance: 5, albumin: 6, oxygen: 7, steady: 8 },
} as const;

const names = [
  ...['Total Cholesterol', 'Triglycerides', 'HDL', 'LDL', 'Glucose', 'Blood Glucose', 'EGFR'],
  ...['Microalbumin Creatinine Ratio', 'Creatinine', 'Oxygen Saturation', ...Object.keys(steady)],
];

/** Values that are drawn for a week when they are read: lipids, glucose, kidney, electrolytes, pulse. */
export const laboratory: NativeModule = {
  name: 'Laboratory',
  place: 'before-visits',
  provides: { attributes: [], vitalSigns: names },
  bind: (all) => {
    const providers = providersIn(all);
    const ids = providers.map(([name, provider]) => [all.vitalSigns.id(name), provider] as const);
    return {
      begin: (person) => {
        for (const [id, provider] of ids) person.vitalSigns.provide(id, provider);
      },
    };
  },
};

const laboratoryKey = streamKey('native/Laboratory');

type Uniform = (person: Person, time: number, draw: number) => number;

function providersIn(all: Names): Named {
  const uniform: Uniform = (person, time, draw) =>
    person.stream(laboratoryKey).uniformAt(1 + person.weekAt(time), draw);
  const [failure, severity] = [all.attributes.id('chf'), all.attributes.id('diabetes_severity')];
  const of = bySeverity(uniform, severity);
  return [
    ...lipids({ of, severity, key: laboratoryKey }),
    ['Glucose', of(glucose, draws.glucose)],
    ...kidney(all, uniform),
    ['Blood Glucose', hba1c(all, uniform)],
    [
      'Oxygen Saturation',
      (of, time) => {
        const range = of.get(failure) === undefined ? oxygen.healthy : oxygen.low;
        return Math.floor(within(range, uniform(of, time, draws.oxygen)));
      },
    ],
    ...Object.entries(steady).map(([name, range], index): [string, VitalSignProvider] => [
      name,
      (of, time) => within(range, uniform(of, time, draws.steady + index)),
    ]),
  ];
}

/** Values (mg/dL) within the bounds of a person's severity of diabetes. */
const bySeverity =
  (uniform: Uniform, severity: number): BySeverity =>
  (bounds, draw) =>
  (person, time) => {
    const at = wholeNumber(person.get(severity), bounds.length - 2);
    return within([bounds[at] ?? 0, bounds[at + 1] ?? 0], uniform(person, time, draw));
  };

function kidney(all: Names, uniform: Uniform): Named {
  const ckd = all.attributes.id('ckd');
  const weight = all.vitalSigns.id('Weight');
  const filtration: VitalSignProvider = (person, time) => {
    const stage = wholeNumber(person.get(ckd), 4);
    const range = stage === 0 ? healthyClearance[person.sex] : clearance[stage];
    return within(range, uniform(person, time, draws.clearance));
  };
  return [
    ['EGFR', filtration],
    [
      'Microalbumin Creatinine Ratio',
      (of, time) => within(albumin[wholeNumber(of.get(ckd), 4)], uniform(of, time, draws.albumin)),
    ],
    [
      'Creatinine',
      (of, time) =>
        creatinineFor({
          clearance: filtration(of, time),
          age: of.ages.years(time),
          weight: of.vitalSigns.read(weight, time),
          sex: of.sex,
        }),
    ],
  ];
}

function within(range: Range | undefined, uniform: number): number {
  const [low, high] = range ?? [0, 0];
  return low + (high - low) * uniform;
}

/** HbA1c in per cent: by BMI with diabetes (6.6 to 12), then what the drugs take off. */
function hba1c(all: Names, uniform: Uniform): VitalSignProvider {
  const [diabetes, prediabetes] = [all.attributes.id('diabetes'), all.attributes.id('prediabetes')];
  const bmi = all.vitalSigns.id('BMI');
  const drugs = hba1cDrugs.map(([code, effect]) => [all.codes.keys.id(code), effect] as const);
  return (person, time) => {
    const isDiabetic = person.get(diabetes) === true;
    const draw = uniform(person, time, draws.hba1c);
    if (!isDiabetic && person.get(prediabetes) !== true) return 5 + 0.7 * draw;
    const before = isDiabetic
      ? Math.max(6.6, Math.min(12, person.vitalSigns.read(bmi, time) / 4))
      : 5.8 + 0.6 * draw;
    return drugs.reduce(
      (value, [drug, effect]) => (person.record.isPresent(drug) ? value - effect : value),
      before,
    );
  };
}

/** Creatinine (mg/dL) from its clearance (ml/min): Cockcroft and Gault, Nephron 16, 1976, solved for creatinine. */
export function creatinineFor(of: {
  readonly clearance: number;
  readonly age: number;
  readonly weight: number;
  readonly sex: 'M' | 'F';
}): number {
  const clearanceWithin = Math.max(1, Math.min(of.clearance, 100));
  return (((140 - of.age) * of.weight) / (72 * clearanceWithin)) * (of.sex === 'F' ? 0.85 : 1);
}

/** 0 for what is not there. */
function wholeNumber(value: unknown, most: number): number {
  return typeof value === 'number' ? Math.max(0, Math.min(most, Math.floor(value))) : 0;
}
