import type { Names } from '../names.js';
import type { Person } from '../person/person.js';

/** Why an encounter was opened that no module asked for: the calendar, or how severe the symptoms are. */
export type VisitKind = 'wellness' | 'outpatient' | 'urgentcare' | 'emergency';

interface Visit {
  readonly kind: VisitKind;
  /** The row in `RecordBuffers.encounters`. */
  readonly encounter: number;
}

/** A native module bound to the numbers of one set of modules; it serves all persons and keeps nothing of any. */
export interface NativeProcess {
  /** At birth, before the first step: sets attributes and provides vital signs. */
  begin?(person: Person): void;
  /**
   * One step, in the module's place of the order. @returns when to be called again, in ms since 1970: at the first step
   * that is not before it. `time` itself or less means the next step, Infinity never (a watched attribute calls all the same).
   */
  step?(person: Person, time: number): number;
  /** Each encounter of the calendar or of symptoms, when it has been opened: immunisations are given here. */
  visit?(person: Person, time: number, visit: Visit): void;
  /** When the life is over, by death or because the simulation ends. */
  end?(person: Person, time: number): void;
  /** Attributes (`Names.attributes`) that call `step` when somebody writes them. */
  readonly watches?: readonly number[];
}

/** Where in a step it is called: before the visits of the step are opened, or at its name among the modules. */
type NativePlace = 'before-visits' | 'among-modules';

/**
 * A module that is written in code. Among modules it is ordered by its name and their paths, capitals first (ASCII):
 * `Lifecycle` comes before `acute_myeloid_leukemia`.
 */
export interface NativeModule {
  readonly name: string;
  readonly place: NativePlace;
  /** Attributes and vital signs it provides, so that the validation of the modules knows them. */
  readonly provides: { readonly attributes: readonly string[]; readonly vitalSigns: readonly string[] };
  bind(names: Names): NativeProcess;
}
