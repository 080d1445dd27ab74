interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

export interface NelderMeadOptions {
  readonly start: readonly number[];
  /** Length of the first edges. */
  readonly step: number;
  readonly callsMax: number;
  /** Ends when the values at the corners differ by less. */
  readonly tolerance: number;
}

/** The lowest place found of a function of several variables: Nelder and Mead, Computer Journal 7, 1965. */
export function nelderMead(
  cost: (at: readonly number[]) => number,
  { start, step, callsMax, tolerance }: NelderMeadOptions,
): readonly number[] {
  let calls = 0;
  const corner = (at: readonly number[]): Corner => {
    calls += 1;
    const value = cost(at);
    return { at, value: Number.isNaN(value) ? Infinity : value };
  };
  let corners = [
    corner(start),
    ...start.map((_, axis) => corner(start.map((x, index) => (index === axis ? x + step : x)))),
  ];
  while (calls < callsMax) {
    corners.sort((left, right) => left.value - right.value);
    const best = corners[0];
    const worst = corners.at(-1);
    if (!best || !worst || worst.value - best.value < tolerance) break;
    const better = betterCorner(corners, corner);
    corners = better
      ? [...corners.slice(0, -1), better]
      : [best, ...corners.slice(1).map(({ at }) => corner(between(best.at, at, 0.5)))];
  }
  corners.sort((left, right) => left.value - right.value);
  return corners[0]?.at ?? start;
}

/** A corner to take the place of the worst: reflected, further out or further in; null when the simplex must shrink. */
function betterCorner(corners: readonly Corner[], corner: (at: readonly number[]) => Corner): Corner | null {
  const [best] = corners;
  const worst = corners.at(-1);
  const second = corners.at(-2);
  if (!best || !worst || !second) return null;
  const kept = corners.slice(0, -1);
  const centre = best.at.map(
    (_, axis) => kept.reduce((sum, { at }) => sum + (at[axis] ?? 0), 0) / kept.length,
  );
  const reflected = corner(between(centre, worst.at, -1));
  if (reflected.value < best.value) {
    const further = corner(between(centre, worst.at, -2));
    return further.value < reflected.value ? further : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const outside = reflected.value < worst.value;
  const nearer = corner(between(centre, worst.at, outside ? -0.5 : 0.5));
  return nearer.value < Math.min(reflected.value, worst.value) ? nearer : null;
}

/** `from` and that share of the way to `to`; a negative share goes the other way. */
function between(from: readonly number[], to: readonly number[], share: number): number[] {
  return from.map((x, axis) => x + share * ((to[axis] ?? 0) - x));
}
