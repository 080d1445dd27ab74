/** A text that is no pattern of a finite set of values. */
export class PatternError extends Error {
  constructor(
    readonly pattern: string,
    /** From 0 on. */
    readonly at: number,
    readonly problem: string,
  ) {
    super(`Pattern ${JSON.stringify(pattern)}, character ${at + 1}: ${problem}.`);
    this.name = 'PatternError';
  }
}
