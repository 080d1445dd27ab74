import type { Fields } from '../compile/run.js';

/** Whether an invariant holds for the element it is stated for, by its key. */
export type Invariants = Readonly<Record<string, (it: Fields) => boolean>>;
