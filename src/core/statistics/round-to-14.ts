/** NumPy's round(x, 14): scale, round half to even, scale back; values too large to have such digits stay as they are. */
export function roundTo14(value: number): number {
  const scaled = value * 1e14;
  if (!Number.isFinite(scaled) || Math.abs(scaled) >= 2 ** 52) return value;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return (up ? floor + 1 : floor) / 1e14;
}
