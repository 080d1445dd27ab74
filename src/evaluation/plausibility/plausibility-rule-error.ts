/** A rule cannot be checked; the message names the rule and the column or the place in the file. */
export class PlausibilityRuleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlausibilityRuleError';
  }
}
