import { uuidBytes, uuidV5 } from './uuid-v5.js';

/** The namespace of all releases; a number without a meaning that never changes. */
const root = uuidBytes('b7d9b2f4-52a0-4f0e-9c36-1e0d7ac54d61');

/**
 * Ids of what belongs to one person: UUIDs in the namespace of their patient, so that keys need only be unique within
 * a record.
 */
export interface PersonIds {
  readonly patient: string;
  of(type: string, key: string): string;
}

/** Ids of one release: the same for the same salt and keys, and without a relation to those of another salt. */
export class ReleaseIds {
  /** Names the release itself. */
  readonly release: string;
  readonly #namespace: Buffer;

  constructor(salt: string) {
    this.release = uuidV5(root, salt);
    this.#namespace = uuidBytes(this.release);
  }

  /** The id of what many persons share. */
  shared(type: string, key: string): string {
    return uuidV5(this.#namespace, `${type}/${key}`);
  }

  person(key: string): PersonIds {
    const patient = this.shared('Patient', key);
    const namespace = uuidBytes(patient);
    return { patient, of: (type, own) => uuidV5(namespace, `${type}/${own}`) };
  }
}
