import type { Place } from './library/fields.js';

/** What a module does with the values of a life cannot be done: text compared with a number, an attribute that is missing. */
export class SimulationError extends Error {
  constructor({ file, state, field }: Place, message: string) {
    super(
      `${[file, state === null ? '' : `state "${state}"`, field].filter(Boolean).join(', ')}: ${message}`,
    );
    this.name = 'SimulationError';
  }
}
