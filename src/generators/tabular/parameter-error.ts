/** A parameter that the generator does not take, or a value that would weaken a guard below its floor. */
export class ParameterError extends Error {
  constructor(
    readonly parameter: string,
    problem: string,
  ) {
    super(`Parameter "${parameter}": ${problem}.`);
    this.name = 'ParameterError';
  }
}
