interface AtrialFibrillationFactors {
  readonly sex: 'M' | 'F';
  /** Whole years. */
  readonly age: number;
  /** kg/m2 */
  readonly bmi: number;
  /** mmHg */
  readonly systolic: number;
  readonly isTreated: boolean;
}

/** Points for the ages of 45-49, 50-54, ... , 85 and over. */
const agePoints = { M: [1, 2, 3, 4, 5, 6, 7, 7, 8], F: [-3, -2, 0, 1, 3, 4, 6, 7, 8] } as const;
/** By points from "0 or less" to "10 or more". */
const riskByPoints = [0.01, 0.02, 0.02, 0.03, 0.04, 0.06, 0.08, 0.12, 0.16, 0.22, 0.3];

/**
 * Ten-year risk of atrial fibrillation by the Framingham points (Schnabel et al., Lancet 373, 2009), in (0, 1); -1 below
 * 45 years. The points of PR interval, heart murmur and heart failure are not counted.
 */
export function atrialFibrillationRisk(person: AtrialFibrillationFactors): number {
  if (person.age < 45) return -1;
  const points =
    (agePoints[person.sex][Math.min(8, Math.floor((person.age - 45) / 5))] ?? 0) +
    (person.bmi >= 30 ? 1 : 0) +
    (person.systolic >= 160 ? 1 : 0) +
    (person.isTreated ? 1 : 0);
  return riskByPoints[Math.max(0, Math.min(10, points))] ?? 0;
}
