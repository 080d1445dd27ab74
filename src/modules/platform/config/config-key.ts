import type { ValueType } from './config-values.js';

/** One setting. */
export interface ConfigKey<T> {
  readonly key: string;
  readonly type: ValueType<T>;
  /** Read like a value that was set; null means: without a value unless set. */
  readonly default: string | null;
  /** What the documentation prints where the default is worked out or is a path of this machine. */
  readonly defaultShown?: string;
  readonly meaning: string;
  /** Passed between our own processes; left out of the documentation. */
  readonly internal?: true;
}
