import { stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { ReleaseRoot } from '../platform/index.js';
import type { FhirFile } from './fhir-files.js';
import { FhirRefusal } from './operation-outcome.js';
import { ResourceIndex } from './resource-index.js';

const indexesMost = 8;
const indexedBytesMost = 256 * 1024 * 1024;

/** Indexes of the files that were asked for last. One whose file has changed since is made anew. */
@Injectable()
export class ResourceIndexes {
  private readonly known = new Map<string, Promise<ResourceIndex>>();

  constructor(private readonly root: ReleaseRoot) {}

  /** @throws {FhirRefusal} for a file that is too large to be searched */
  async of(folder: string, { file }: FhirFile): Promise<ResourceIndex> {
    if (file.bytes > indexedBytesMost)
      throw new FhirRefusal(413, 'too-costly', `${file.name} is too large to be searched; export it.`);
    const path = this.root.localPath(folder, file.name);
    const { mtimeMs, size, ino } = await stat(path);
    const key = [path, mtimeMs, size, ino].join('|');
    const found = this.known.get(key) ?? ResourceIndex.build(path);
    this.known.delete(key);
    this.known.set(key, found);
    const [oldest] = this.known.keys();
    if (this.known.size > indexesMost && oldest !== undefined) this.known.delete(oldest);
    try {
      return await found;
    } catch (error) {
      this.known.delete(key);
      throw error;
    }
  }
}
