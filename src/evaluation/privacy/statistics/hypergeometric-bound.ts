interface Draw {
  /** Balls in the urn, `marked` of them marked. */
  readonly all: number;
  readonly marked: number;
  readonly drawn: number;
}

/** The smallest k with P(more than k marked balls are drawn) <= `tail`: Fisher's exact test from the other side. */
export function hypergeometricBound({ all, marked, drawn }: Draw, tail: number): number {
  const highest = Math.min(marked, drawn);
  let above = 0;
  for (let k = highest; k > 0; k--) {
    above += probability({ all, marked, drawn }, k);
    if (above > tail) return k;
  }
  return 0;
}

function probability({ all, marked, drawn }: Draw, k: number): number {
  if (drawn - k > all - marked) return 0;
  return Math.exp(logChoose(marked, k) + logChoose(all - marked, drawn - k) - logChoose(all, drawn));
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let step = 1; step <= k; step++) sum += Math.log((n - k + step) / step);
  return sum;
}
