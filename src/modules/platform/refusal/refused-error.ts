import type { Refusal } from './refusal.js';

/** Carries a refusal out of the layers that cannot return one (guards, streams, jobs) to the filter at the door. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = 'RefusedError';
  }
}
