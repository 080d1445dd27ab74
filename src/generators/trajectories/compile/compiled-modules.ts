import type { CompiledModule } from '../engine/machine.js';
import type { Problem } from '../library/problem.js';
import type { Names } from '../names.js';
import type { NativeModule, NativeProcess } from '../native/native-module.js';
import type { Prescription } from './prescription.js';

export interface BoundNative {
  readonly module: NativeModule;
  readonly process: NativeProcess;
}

/** What has its place in the order of a step. */
export type Unit =
  | { readonly kind: 'module'; readonly name: string; readonly module: CompiledModule }
  | { readonly kind: 'native'; readonly name: string; readonly native: BoundNative };

/** A set of modules ready to run, shared by all persons. */
export interface CompiledModules {
  readonly names: Names;
  readonly beforeVisits: readonly BoundNative[];
  /** In the order of the step. */
  readonly units: readonly Unit[];
  /** All native modules. */
  readonly natives: readonly BoundNative[];
  /** By attribute (`Names.attributes`) and by key of a code: the places of the units that somebody who writes it wakes. */
  readonly wakesByAttribute: readonly (readonly number[] | undefined)[];
  readonly wakesByCode: readonly (readonly number[] | undefined)[];
  /** What `MedicationRows.prescription` refers to. */
  readonly prescriptions: readonly Prescription[];
  /** Warnings, and the errors of modules that were left out. */
  readonly problems: readonly Problem[];
}
