import type { Coded } from './coded.js';
import type { Moment } from './moment.js';

export type Sex = 'female' | 'male' | 'other' | 'unknown';

/** A number that somebody gave to a person or an organisation. */
export interface Identifier {
  readonly system: string;
  readonly value: string;
}

export interface Address {
  readonly lines: readonly string[];
  readonly city?: string;
  readonly county?: string;
  /** Region or state. */
  readonly region?: string;
  readonly postcode?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** A statistical area, such as an LSOA. */
  readonly area?: string;
}

export interface PersonName {
  readonly family: string;
  readonly given: readonly string[];
  readonly prefix?: string;
}

/** Whose record it is. */
export interface Person {
  /** Unique among the persons of a release; never an identifier of a source. */
  readonly key: string;
  readonly sex: Sex;
  readonly birth: Moment;
  readonly death?: { readonly at: Moment; readonly cause?: Coded };
  readonly ethnicity?: Coded;
  /** Only where a source or country keeps it apart from ethnicity. */
  readonly race?: Coded;
  readonly language?: Coded;
  readonly maritalStatus?: Coded;
  readonly name?: PersonName;
  readonly address?: Address;
  readonly telephone?: string;
  readonly identifiers: readonly Identifier[];
  /** The key of the organisation where the person is registered. */
  readonly practice?: string;
}
