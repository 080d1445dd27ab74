import type { Score } from '../../src/evaluation/score.js';

/** A figure as the vectors hold it: null is "not computable". */
export type ExpectedFigure = number | null | { readonly error: string };

/** Counts what was compared, and keeps what differs, so that one run shows all of it. */
export class VectorCheck {
  readonly failures: string[] = [];
  compared = 0;

  constructor(private readonly tolerance = 1e-6) {}

  /** Not computable must be not computable. */
  score(place: string, found: Score | number, expected: ExpectedFigure | undefined): void {
    if (expected === undefined) throw new Error(`The vectors hold nothing at ${place}.`);
    this.compared += 1;
    const value = typeof found === 'number' ? found : (found.value ?? NaN);
    const wanted = typeof expected === 'number' ? expected : NaN;
    const agrees = Number.isNaN(wanted) ? Number.isNaN(value) : Math.abs(value - wanted) <= this.tolerance;
    if (!agrees) this.failures.push(`${place}: ${value}, expected ${wanted}`);
  }

  text(place: string, found: string, expected: string): void {
    this.compared += 1;
    if (found !== expected) this.failures.push(`${place}: ${found}, expected ${expected}`);
  }

  /** Nothing differs, and nothing was left out in silence. */
  expectAll(what: string, least: number): void {
    process.stdout.write(`${what}: ${this.compared} figures compared, ${this.failures.length} differ\n`);
    expect(this.failures).toEqual([]);
    expect(this.compared).toBe(least);
  }
}
