import type { WithheldProfile } from '../../core/profile/profile.js';

const whyWithheld: Record<WithheldProfile['reason'], string> = {
  identifier: 'it identifies people',
  'free-text': 'it is free text',
  'too-few-values': 'too few records have a value in it',
};

/** A column was asked for whose profile says nothing about its values, so there is nothing to generate from. */
export class WithheldColumnError extends Error {
  constructor(
    readonly column: string,
    readonly reason: WithheldProfile['reason'],
  ) {
    super(`Column "${column}" cannot be generated: ${whyWithheld[reason]} (${reason}).`);
    this.name = 'WithheldColumnError';
  }
}
