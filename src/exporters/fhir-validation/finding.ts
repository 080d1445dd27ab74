/** Names of what is checked; docs/fhir-validation.md says what each means. */
const rules = [
  ...(['json', 'resource-type', 'not-covered', 'unknown-element', 'cardinality', 'type', 'format'] as const),
  ...(['null', 'empty', 'choice', 'binding', 'reference-target', 'contained', 'invariant'] as const),
  ...(['fixed', 'slice', 'profile', 'unresolved-reference', 'duplicate-id', 'outside-life'] as const),
  ...(['outside-encounter', 'unknown-code-system', 'nhs-number', 'not-marked'] as const),
];
export type Rule = (typeof rules)[number];

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
