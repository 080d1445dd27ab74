import type { Readable } from 'node:stream';
import type { LocalObjectStore } from './local-object-store.js';
import type { ObjectStore, RecordedZoneName, StoredObject } from './object-store.js';

/** Resolves when the reading is on record; rejects when there is nobody to answer for it. */
export interface ReadRecorder {
  note(zone: RecordedZoneName, key: string): Promise<void>;
}

/** A zone that gives nothing out before it is on record that it does. */
export class RecordedZone implements ObjectStore {
  constructor(
    private readonly zone: RecordedZoneName,
    private readonly store: LocalObjectStore,
    private readonly recorder: ReadRecorder,
  ) {}

  put(bytes: AsyncIterable<Uint8Array>): Promise<StoredObject> {
    return this.store.put(bytes);
  }

  has(key: string): Promise<boolean> {
    return this.store.has(key);
  }

  destroy(key: string): Promise<void> {
    return this.store.destroy(key);
  }

  async open(key: string): Promise<Readable> {
    await this.recorder.note(this.zone, key);
    return this.store.open(key);
  }

  async localPath(key: string): Promise<string> {
    await this.recorder.note(this.zone, key);
    return this.store.localPath(key);
  }

  async derivedPath(key: string, extension: string): Promise<string> {
    await this.recorder.note(this.zone, key);
    return this.store.derivedPath(key, extension);
  }

  async isIntact(key: string): Promise<boolean> {
    await this.recorder.note(this.zone, key);
    return this.store.isIntact(key);
  }
}
