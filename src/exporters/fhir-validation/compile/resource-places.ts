import type { Check } from './run.js';

/** What stands where an element allows any resource. */
export interface ResourcePlaces {
  readonly contained: Check;
  readonly root: Check;
  /** Looks at an extension by the definition of its URL. */
  readonly extension: (fields: Readonly<Record<string, unknown>>, run: Parameters<Check>[1]) => void;
}
