/** A condition that not every row could meet. */
export class ConditionError extends Error {
  constructor(
    readonly column: string,
    problem: string,
  ) {
    super(`Condition on "${column}": ${problem}.`);
    this.name = 'ConditionError';
  }
}
