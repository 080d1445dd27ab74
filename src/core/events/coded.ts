/** One concept of a code system, as the source has it: nothing is mapped here. */
export interface Coded {
  /** The system's URI as FHIR knows it; see `codeSystems` for those with a name. */
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** A number with its unit. */
export interface Quantity {
  readonly value: number;
  /** In UCUM (https://ucum.org) where `isUcum`, else as the source writes it; left out: a number without a unit. */
  readonly unit?: string;
  readonly isUcum: boolean;
  /** When the value is only known as a bound. */
  readonly comparator?: '<' | '<=' | '>=' | '>';
}

/** What a finding is. */
export type Value =
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  | { readonly kind: 'coded'; readonly coded: Coded }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly boolean: boolean };
