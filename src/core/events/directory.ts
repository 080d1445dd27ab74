import type { Address, Identifier } from './person.js';

export interface Organisation {
  readonly key: string;
  readonly name: string;
  readonly kind: 'practice' | 'hospital' | 'other';
  readonly identifiers: readonly Identifier[];
  readonly address?: Address;
}

/** A ward or another place within an organisation. */
export interface Location {
  readonly key: string;
  readonly name: string;
  readonly kind: 'ward' | 'intensive-care' | 'site';
  /** The key of its organisation. */
  readonly organisation: string;
}

export interface Practitioner {
  readonly key: string;
  readonly name: string;
  readonly identifiers: readonly Identifier[];
  /** The key of their organisation. */
  readonly organisation: string;
}

/** What the records of many persons share; each list in the order of its keys. */
export interface Directory {
  readonly organisations: readonly Organisation[];
  readonly locations: readonly Location[];
  readonly practitioners: readonly Practitioner[];
}
