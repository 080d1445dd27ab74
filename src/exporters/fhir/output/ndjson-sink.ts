import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { WrittenClinicalFile } from '../../clinical-writer.js';
import type { ResourceText } from '../resource-taker.js';
import { AsciiFile } from './ascii-file.js';
import { bulkManifest, type BulkFacts } from './bulk-manifest.js';
import type { ResourceSink } from './resource-sink.js';

interface Part {
  readonly type: string;
  readonly name: string;
  readonly file: AsciiFile;
  count: number;
}

const mediaType = 'application/fhir+ndjson';
const manifestName = 'bulk-manifest.json';

/** One file a type, one resource a line, and the manifest of FHIR Bulk Data over them. */
export class NdjsonSink implements ResourceSink {
  readonly #open = new Map<string, Part>();
  readonly #parts = new Map<string, number>();
  readonly #written: { readonly type: string; readonly file: WrittenClinicalFile }[] = [];
  readonly #begun: string[] = [];

  constructor(
    private readonly folder: string,
    private readonly partBytesMax: number,
    private readonly facts: BulkFacts,
  ) {}

  async takeShared(resources: readonly ResourceText[]): Promise<void> {
    await this.takePerson(resources);
  }

  async takePerson(resources: readonly ResourceText[]): Promise<void> {
    for (const { type, json } of resources) {
      let part = this.#open.get(type) ?? this.#begin(type);
      if (part.count > 0 && part.file.bytes + json.length + 1 > this.partBytesMax) {
        await this.#close(part);
        part = this.#begin(type);
      }
      part.file.append(json);
      part.file.append('\n');
      part.count += 1;
    }
    for (const { file } of this.#open.values()) if (file.isFull) await file.drain();
  }

  async takeRelease(group: Iterable<string>, provenance: ResourceText): Promise<void> {
    const part = this.#begin('Group');
    for (const piece of group) {
      part.file.append(piece);
      await part.file.drain();
    }
    part.file.append('\n');
    part.count = 1;
    await this.takePerson([provenance]);
  }

  async finish(): Promise<readonly WrittenClinicalFile[]> {
    for (const part of [...this.#open.values()]) await this.#close(part);
    this.#written.sort((left, right) => (left.file.name < right.file.name ? -1 : 1));
    const manifest = new AsciiFile(this.#path(manifestName));
    manifest.append(
      bulkManifest(
        this.#written.map(({ type, file }) => ({ type, ...file })),
        this.facts,
      ),
    );
    const finished = await manifest.finish();
    const files = this.#written.map(({ file }) => file);
    return [...files, { name: manifestName, mediaType: 'application/json', ...finished, count: 1 }];
  }

  async abort(): Promise<void> {
    for (const { file } of this.#open.values()) await file.abandon();
    this.#open.clear();
    for (const written of this.#begun) await rm(written, { force: true });
  }

  #begin(type: string): Part {
    const number = (this.#parts.get(type) ?? 0) + 1;
    this.#parts.set(type, number);
    const name = number === 1 ? `${type}.ndjson` : `${type}-${String(number).padStart(4, '0')}.ndjson`;
    const part = { type, name, file: new AsciiFile(this.#path(name)), count: 0 };
    this.#open.set(type, part);
    return part;
  }

  async #close(part: Part): Promise<void> {
    this.#open.delete(part.type);
    const finished = await part.file.finish();
    const file = { name: part.name, mediaType, ...finished, count: part.count };
    this.#written.push({ type: part.type, file });
  }

  #path(name: string): string {
    const full = path.join(this.folder, name);
    this.#begun.push(full);
    return full;
  }
}
