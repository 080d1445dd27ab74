/** What the validator reads of a StructureDefinition; made by scripts/fhir-content.mjs. */
export interface StructureDefinition {
  readonly url: string;
  readonly kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical';
  readonly type: string;
  readonly derivation: 'specialization' | 'constraint';
  readonly baseDefinition?: string;
  /** The snapshot. */
  readonly elements: readonly ElementDefinition[];
}

export interface ElementDefinition {
  /** The path with the names of slices, such as `Patient.identifier:nhsNumber.value`. */
  readonly id: string;
  readonly min: number;
  /** A number or `*`. */
  readonly max: string;
  readonly type?: readonly ElementType[];
  /** The id of an element of the same definition whose content this one has. */
  readonly contentReference?: string;
  readonly binding?: Binding;
  readonly constraint?: readonly Constraint[];
  readonly slicing?: Slicing;
  readonly sliceName?: string;
  /** The value of `fixed[x]`, whatever its type. */
  readonly fixed?: unknown;
  /** The value of `pattern[x]`, whatever its type. */
  readonly pattern?: unknown;
}

export interface ElementType {
  readonly code: string;
  readonly profile?: readonly string[];
  readonly targetProfile?: readonly string[];
}

/** Only these strengths bind; preferred and example ones are not kept. */
export interface Binding {
  readonly strength: 'required' | 'extensible';
  readonly valueSet: string;
}

interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
}

export interface Slicing {
  readonly discriminator: readonly { readonly type: string; readonly path: string }[];
  readonly rules: 'open' | 'closed' | 'openAtEnd';
}
