/** Name of what is checked; docs/fhir-validation.md says what each means. */
export type Rule =
  | 'json'
  | 'resource-type'
  | 'not-covered'
  | 'unknown-element'
  | 'cardinality'
  | 'type'
  | 'format'
  | 'null'
  | 'empty'
  | 'choice'
  | 'binding'
  | 'reference-target'
  | 'contained'
  | 'invariant'
  | 'fixed'
  | 'slice'
  | 'profile'
  | 'unresolved-reference'
  | 'duplicate-id'
  | 'outside-life'
  | 'outside-encounter'
  | 'unknown-code-system'
  | 'nhs-number'
  | 'not-marked';

export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly rule: Rule;
  /** The key of the invariant where the standard has one, such as `obs-6`. */
  readonly key?: string;
  /** Where in the resource, such as `Patient.name[0].family`. */
  readonly path: string;
  /** A sentence without the values of the resource, save codes and types. */
  readonly why: string;
}
