/** The values a column is written with: (offset + k * step) / scale for whole k. */
export interface ValueGrid {
  readonly decimals: number;
  /** In units of the last decimal, as is `offset`. */
  readonly step: number;
  readonly offset: number;
}

const decimalsMax = 15;
/** Whole numbers up to this are exact as doubles. */
const exactMax = 2 ** 53;

/**
 * The grid of a column: as many decimals as at least `floor` values need (the digits of a single value would be its
 * fingerprint), and the largest step that all values on these decimals keep to.
 * @param decimals when they are declared
 */
export function findValueGrid(values: Float64Array, floor: number, decimals?: number): ValueGrid {
  const found = decimals ?? commonDecimals(values, floor);
  const scale = 10 ** found;
  let first: number | undefined;
  let step = 0;
  for (const value of values) {
    const units = Math.round(value * scale);
    if (Math.abs(units) >= exactMax) return { decimals: found, step: 1, offset: 0 };
    first ??= units;
    step = divisor(step, Math.abs(units - first));
    if (step === 1) break;
  }
  if (first === undefined || step <= 1) return { decimals: found, step: 1, offset: 0 };
  return { decimals: found, step, offset: first % step };
}

/** The nearest value of the grid; never -0. A number too large to have such digits stays as it is. */
export function snapToGrid({ decimals, step, offset }: ValueGrid, value: number): number {
  const scale = 10 ** decimals;
  const units = offset + step * Math.round((value * scale - offset) / step);
  if (Math.abs(units) >= exactMax) return value;
  return units === 0 ? 0 : units / scale;
}

/** As many decimals as values of at least `floor` subjects need. */
export function decimalsBySubject(
  values: Float64Array,
  present: Int32Array,
  subjects: Int32Array,
  floor: number,
): number {
  const most = new Map<number, number>();
  for (const row of present) {
    const subject = subjects[row] ?? 0;
    const digits = decimalsOf(values[row] ?? NaN);
    if (digits > (most.get(subject) ?? -1)) most.set(subject, digits);
  }
  return [...most.values()].sort((a, b) => b - a)[floor - 1] ?? 0;
}

function commonDecimals(values: Float64Array, floor: number): number {
  const byDecimals = new Float64Array(decimalsMax + 1);
  for (const value of values) {
    const digits = decimalsOf(value);
    byDecimals[digits] = (byDecimals[digits] ?? 0) + 1;
  }
  let records = 0;
  for (let decimals = decimalsMax; decimals > 0; decimals -= 1) {
    records += byDecimals[decimals] ?? 0;
    if (records >= floor) return decimals;
  }
  return 0;
}

function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < decimalsMax; decimals += 1) {
    const scale = 10 ** decimals;
    if (Math.round(value * scale) / scale === value) return decimals;
  }
  return decimalsMax;
}

function divisor(a: number, b: number): number {
  let [left, right] = [a, b];
  while (right > 0) [left, right] = [right, left % right];
  return left;
}
