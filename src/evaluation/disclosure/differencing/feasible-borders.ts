import type { CountConstraint } from './count-line.js';

/**
 * For each border, how many records may lie before it, so that all constraints hold; null when they contradict each
 * other. Starts where the counts, spread evenly over their stretches, would put the borders, and lowers what is too
 * high until nothing is (Bellman 1958, Ford 1956): the start is near the end, and cells then hold people.
 */
export function feasibleBorders(
  cellCount: number,
  constraints: readonly CountConstraint[],
  start: readonly number[] = evenBorders(cellCount, constraints),
): number[] | null {
  const at = [...start];
  // Every round settles at least one more border; more rounds than borders mean that they chase each other.
  for (let round = 0; round <= cellCount + 1; round++) {
    if (!lowerAll(at, constraints)) return at;
  }
  return null;
}

function lowerAll(at: number[], constraints: readonly CountConstraint[]): boolean {
  let changed = false;
  const lower = (border: number, most: number): void => {
    if ((at[border] ?? 0) <= most) return;
    at[border] = most;
    changed = true;
  };
  for (const { from, to, atMost } of constraints) lower(to, (at[from] ?? 0) + atMost);
  for (let border = at.length - 2; border >= 0; border--) lower(border, at[border + 1] ?? 0);
  for (let index = constraints.length - 1; index >= 0; index--) {
    const one = constraints[index];
    if (one !== undefined) lower(one.from, (at[one.to] ?? 0) - one.atLeast);
  }
  for (let border = at.length - 2; border >= 0; border--) lower(border, at[border + 1] ?? 0);
  return changed;
}

function evenBorders(cellCount: number, constraints: readonly CountConstraint[]): number[] {
  const sources = new Map<number, Float64Array>();
  // Narrow stretches last: they say more of a cell than the wide ones that they overwrite.
  const bounded = constraints.filter(({ atMost }) => Number.isFinite(atMost));
  for (const one of bounded.sort((a, b) => b.to - b.from - (a.to - a.from))) {
    const source = one.sources[0] ?? 0;
    const spread = sources.get(source) ?? new Float64Array(cellCount);
    sources.set(source, spread.fill((one.atLeast + one.atMost) / 2 / (one.to - one.from), one.from, one.to));
  }
  const borders = [0];
  for (let cell = 0; cell < cellCount; cell++) {
    const guesses = [...sources.values()].map((spread) => spread[cell] ?? 0);
    const mean = guesses.reduce((sum, guess) => sum + guess, 0) / Math.max(1, guesses.length);
    borders.push((borders[cell] ?? 0) + Math.round(mean));
  }
  return borders;
}
