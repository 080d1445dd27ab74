/** One set of vital signs of an adult, as recorded. */
export interface VitalSet {
  readonly respiratoryRate: number;
  readonly saturation: number;
  readonly onOxygen: boolean;
  readonly systolic: number;
  readonly heartRate: number;
  readonly isAlert: boolean;
  readonly temperature: number;
}

/** Points by the first band whose upper end is not below the value. */
const points = (value: number, bands: readonly (readonly [most: number, points: number])[]): number =>
  bands.find(([most]) => value <= most)?.[1] ?? 0;

/** National Early Warning Score 2, scale 1 for oxygen saturation (Royal College of Physicians, 2017). */
export function news2(set: VitalSet): number {
  const { respiratoryRate, saturation, systolic, heartRate, temperature } = set;
  return (
    points(respiratoryRate, [[8, 3], [11, 1], [20, 0], [24, 2], [Infinity, 3]]) +
    points(saturation, [[91, 3], [93, 2], [95, 1], [Infinity, 0]]) +
    (set.onOxygen ? 2 : 0) +
    points(systolic, [[90, 3], [100, 2], [110, 1], [219, 0], [Infinity, 3]]) +
    points(heartRate, [[40, 3], [50, 1], [90, 0], [110, 1], [130, 2], [Infinity, 3]]) +
    (set.isAlert ? 0 : 3) +
    points(temperature, [[35, 3], [36, 1], [38, 0], [39, 1], [Infinity, 2]])
  );
}
