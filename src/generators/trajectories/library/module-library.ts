import type { JsonObject } from './fields.js';
import type { Problem } from './problem.js';

/** A folder of modules as it was read: nothing is compiled, and of JSON only the outermost form is known. */
export interface ModuleLibrary {
  /** By path below the folder without `.json`; a path without `/` is a top-level module, others are submodules. */
  readonly modules: ReadonlyMap<string, JsonObject>;
  /** CSV text of lookup tables by file name. */
  readonly tables: ReadonlyMap<string, string>;
  /** Files that are no modules. */
  readonly problems: readonly Problem[];
}

export const isSubmodule = (path: string): boolean => path.includes('/');
