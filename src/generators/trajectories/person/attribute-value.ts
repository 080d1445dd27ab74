import type { Code } from '../codes.js';
import type { Entry } from '../record/entry.js';

/** What an attribute can hold; `undefined` is absent, which is what `is nil` tests. */
export type AttributeValue = string | number | boolean | Code | Entry;
