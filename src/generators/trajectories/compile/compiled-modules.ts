import { Names } from '../names.js';
import type { NativeModule, NativeProcess } from '../native/native-module.js';

export interface BoundNative {
  readonly module: NativeModule;
  readonly process: NativeProcess;
}

/** A set of modules ready to run, shared by all persons. */
export interface CompiledModules {
  readonly names: Names;
  readonly beforeVisits: readonly BoundNative[];
  /** In the order of the step. */
  readonly inOrder: readonly BoundNative[];
}

/** Binds native modules to one set of names. */
export function compileModules({ natives }: { readonly natives: readonly NativeModule[] }): CompiledModules {
  const names = new Names();
  const bound = natives.map((module) => ({ module, process: module.bind(names) }));
  return {
    names,
    beforeVisits: bound.filter(({ module }) => module.place === 'before-visits'),
    inOrder: bound
      .filter(({ module }) => module.place === 'among-modules')
      .sort((left, right) => (left.module.name < right.module.name ? -1 : 1)),
  };
}
