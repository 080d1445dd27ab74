/** Kinds of made-up values whose space no real value lies in, unless somebody declares otherwise. */
export const newIdentifierKinds = [
  'pattern',
  'key',
  'numeric-key',
  'nhs-number',
  'uuid',
  'email',
  'phone',
  'postcode',
  'given-name',
  'family-name',
  'full-name',
  'street-address',
  'city',
] as const;
export type NewIdentifierKind = (typeof newIdentifierKinds)[number];

/** How the values of an identifier are made anew: from the row's place and the seed, from nothing that the source holds. */
export interface NewIdentifier {
  readonly kind: NewIdentifierKind;
  /** No value twice. */
  readonly unique: boolean;
  /** A finite regular expression; for the kind `pattern` alone. */
  readonly pattern?: string;
  /** Words as they are in a public list, so that one may be the name of somebody by chance; for names and towns alone. */
  readonly plain?: boolean;
}
