interface StrokeFactors {
  readonly sex: 'M' | 'F';
  /** Whole years. */
  readonly age: number;
  /** mmHg */
  readonly systolic: number;
  readonly isTreated: boolean;
  readonly isSmoker: boolean;
  readonly hasDiabetes: boolean;
  readonly hasHeartDisease: boolean;
  readonly hasAtrialFibrillation: boolean;
  readonly hasLeftVentricularHypertrophy: boolean;
}

interface Points {
  /** Lowest age of 0, 1, 2 ... points. */
  readonly age: readonly number[];
  readonly untreated: readonly number[];
  readonly treated: readonly number[];
  readonly diabetes: number;
  readonly heartDisease: number;
  readonly atrialFibrillation: number;
  readonly riskByPoints: readonly number[];
  /** Prevalence of stroke, in place of a score below 55 years. */
  readonly below40: number;
  readonly below55: number;
}

const man: Points = {
  age: [54, 57, 60, 63, 66, 69, 73, 76, 79, 82, 85],
  untreated: [0, 106, 116, 126, 136, 146, 156, 166, 176, 185, 196],
  treated: [0, 106, 113, 118, 124, 130, 136, 143, 151, 162, 177],
  ...{ diabetes: 2, heartDisease: 4, atrialFibrillation: 4, below40: 0.002, below55: 0.019 },
  riskByPoints: [
    ...[0, 0.03, 0.03, 0.04, 0.04, 0.05, 0.05, 0.06, 0.07, 0.08, 0.1, 0.11, 0.13, 0.15, 0.17, 0.2, 0.22],
    ...[0.26, 0.29, 0.33, 0.37, 0.42, 0.47, 0.52, 0.57, 0.63, 0.68, 0.74, 0.79, 0.84, 0.88],
  ],
};
const woman: Points = {
  age: [54, 57, 60, 63, 65, 68, 71, 74, 77, 79, 82],
  untreated: [0, 95, 107, 119, 131, 144, 156, 168, 181, 193, 205],
  treated: [0, 95, 107, 114, 120, 126, 132, 140, 149, 161, 205],
  ...{ diabetes: 3, heartDisease: 2, atrialFibrillation: 6, below40: 0.007, below55: 0.022 },
  riskByPoints: [
    ...[0, 0.01, 0.01, 0.02, 0.02, 0.02, 0.03, 0.04, 0.04, 0.05, 0.06, 0.08, 0.09, 0.11, 0.13, 0.16],
    ...[0.19, 0.23, 0.27, 0.32, 0.37, 0.43, 0.5, 0.57, 0.64, 0.71, 0.78, 0.84],
  ],
};

/**
 * Ten-year risk of stroke in [0, 1); -1 below 20 years. From 55 years by the Framingham points (D'Agostino et al.,
 * Stroke 25, 1994), below by the prevalence of the American Heart Association.
 */
export function strokeRisk(person: StrokeFactors): number {
  if (person.age < 20) return -1;
  const of = person.sex === 'M' ? man : woman;
  if (person.age < 40) return of.below40;
  if (person.age < 55) return of.below55;
  const points =
    stepOf(person.age, of.age) +
    stepOf(Math.trunc(person.systolic), person.isTreated ? of.treated : of.untreated) +
    (person.isSmoker ? 3 : 0) +
    (person.hasLeftVentricularHypertrophy ? 5 : 0) +
    (person.hasDiabetes ? of.diabetes : 0) +
    (person.hasHeartDisease ? of.heartDisease : 0) +
    (person.hasAtrialFibrillation ? of.atrialFibrillation : 0);
  return of.riskByPoints[Math.min(points, of.riskByPoints.length - 1)] ?? 0;
}

/** Index of the last bound that is not above the value; a value on a bound counts to the step below. */
function stepOf(value: number, bounds: readonly number[]): number {
  const above = bounds.findIndex((bound, index) => index > 0 && value <= bound);
  return above === -1 ? bounds.length - 1 : above - 1;
}
