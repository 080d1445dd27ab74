/** What the pooled cohort equations ask about a person. */
export interface AscvdFactors {
  readonly sex: 'M' | 'F';
  readonly isBlack: boolean;
  /** Whole years. */
  readonly age: number;
  /** mg/dL */
  readonly totalCholesterol: number;
  /** mg/dL */
  readonly hdl: number;
  /** mmHg */
  readonly systolic: number;
  readonly isTreated: boolean;
  readonly isSmoker: boolean;
  readonly hasDiabetes: boolean;
}

interface Coefficients {
  readonly lnAge: number;
  readonly lnAgeSquared: number;
  readonly lnCholesterol: number;
  readonly lnAgeCholesterol: number;
  readonly lnHdl: number;
  readonly lnAgeHdl: number;
  readonly lnTreated: number;
  readonly lnAgeTreated: number;
  readonly lnUntreated: number;
  readonly lnAgeUntreated: number;
  readonly smoker: number;
  readonly lnAgeSmoker: number;
  readonly diabetes: number;
  readonly mean: number;
  readonly survival: number;
}

const none = { lnAgeSquared: 0, lnAgeCholesterol: 0, lnAgeHdl: 0, lnAgeTreated: 0, lnAgeUntreated: 0 };

/** Goff et al., Circulation 129 (25 suppl 2), 2014, S49-S73: table A of the appendix. */
const whiteWoman: Coefficients = {
  ...none,
  ...{ lnAge: -29.799, lnAgeSquared: 4.884, lnCholesterol: 13.54, lnAgeCholesterol: -3.114 },
  ...{ lnHdl: -13.578, lnAgeHdl: 3.149, lnTreated: 2.019, lnUntreated: 1.957 },
  ...{ smoker: 7.574, lnAgeSmoker: -1.665, diabetes: 0.661, mean: -29.18, survival: 0.9665 },
};
const blackWoman: Coefficients = {
  ...none,
  ...{ lnAge: 17.114, lnCholesterol: 0.94, lnHdl: -18.92, lnAgeHdl: 4.475, lnTreated: 29.291 },
  ...{ lnAgeTreated: -6.432, lnUntreated: 27.82, lnAgeUntreated: -6.087 },
  ...{ smoker: 0.691, lnAgeSmoker: 0, diabetes: 0.874, mean: 86.61, survival: 0.9533 },
};
const whiteMan: Coefficients = {
  ...none,
  ...{ lnAge: 12.344, lnCholesterol: 11.853, lnAgeCholesterol: -2.664, lnHdl: -7.99, lnAgeHdl: 1.769 },
  ...{ lnTreated: 1.797, lnUntreated: 1.764 },
  ...{ smoker: 7.837, lnAgeSmoker: -1.795, diabetes: 0.658, mean: 61.18, survival: 0.9144 },
};
const blackMan: Coefficients = {
  ...none,
  ...{ lnAge: 2.469, lnCholesterol: 0.302, lnHdl: -0.307, lnTreated: 1.916, lnUntreated: 1.809 },
  ...{ smoker: 0.549, lnAgeSmoker: 0, diabetes: 0.645, mean: 19.54, survival: 0.8954 },
};

/** Ten-year risk of a first hard atherosclerotic event, in (0, 1); -1 outside the ages of 40 to 79. */
export function ascvdRisk(person: AscvdFactors): number {
  if (person.age < 40 || person.age >= 80) return -1;
  const c = coefficientsOf(person);
  const age = Math.log(person.age);
  const pressure = Math.log(person.systolic);
  const [main, withAge] = person.isTreated
    ? [c.lnTreated, c.lnAgeTreated]
    : [c.lnUntreated, c.lnAgeUntreated];
  const sum =
    c.lnAge * age +
    c.lnAgeSquared * age * age +
    (c.lnCholesterol + c.lnAgeCholesterol * age) * Math.log(person.totalCholesterol) +
    (c.lnHdl + c.lnAgeHdl * age) * Math.log(person.hdl) +
    (main + withAge * age) * pressure +
    (person.isSmoker ? c.smoker + c.lnAgeSmoker * age : 0) +
    (person.hasDiabetes ? c.diabetes : 0);
  return 1 - Math.pow(c.survival, Math.exp(sum - c.mean));
}

function coefficientsOf({ sex, isBlack }: AscvdFactors): Coefficients {
  if (sex === 'F') return isBlack ? blackWoman : whiteWoman;
  return isBlack ? blackMan : whiteMan;
}
