import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { WrittenClinicalFile } from '../../clinical-writer.js';
import { AsciiFile } from '../output/ascii-file.js';
import type { ResourceSink } from '../output/resource-sink.js';
import { idOf, type ResourceText } from '../resource-taker.js';
import type { BundleForm } from './bundle-text.js';
import { cutBundles, type BundleSize } from './cut-bundles.js';
import { inLoadingOrder } from './loading-order.js';

const folderName = 'bundles';
const personsAFolder = 1000;
const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

/**
 * Transactions as files, to be posted in the order of their names: what is shared, then the persons, then the release.
 * A person whose record is too large for one bundle has several.
 */
export class BundleSink implements ResourceSink {
  readonly #written: WrittenClinicalFile[] = [];
  readonly #folders = new Set<string>();
  /** The topmost folders that were not there before. */
  readonly #made: string[] = [];
  #current: AsciiFile | undefined;
  #persons = 0;

  constructor(
    private readonly folder: string,
    private readonly form: BundleForm,
    private readonly size: BundleSize,
  ) {}

  async takeShared(resources: readonly ResourceText[]): Promise<void> {
    const bundles = cutBundles(inLoadingOrder(resources), this.size);
    for (const [place, bundle] of bundles.entries())
      await this.#writeBundle(`${folderName}/0-shared/${padded(place + 1, 4)}.json`, bundle);
  }

  async takePerson(resources: readonly ResourceText[]): Promise<void> {
    const folder = padded(Math.floor(this.#persons / personsAFolder), 4);
    this.#persons += 1;
    const bundles = cutBundles(inLoadingOrder(resources), this.size);
    for (const [place, bundle] of bundles.entries()) {
      const name = `${padded(this.#persons, 7)}-${padded(place + 1, 3)}.json`;
      await this.#writeBundle(`${folderName}/1-patients/${folder}/${name}`, bundle);
    }
  }

  async takeRelease(group: Iterable<string>, provenance: ResourceText): Promise<void> {
    const name = `${folderName}/2-release/0001.json`;
    const file = await this.#begin(name);
    file.append(this.form.open('transaction', name));
    let url: string | undefined;
    for (const piece of group) {
      if (url === undefined) {
        url = `Group/${idOf({ type: 'Group', json: piece })}`;
        file.append(this.form.entryOpen(url));
      }
      file.append(piece);
      await file.drain();
    }
    file.append(`${this.form.entryClose('transaction', url ?? '')},`);
    file.append(this.form.entry('transaction', provenance));
    await this.#end(name, file, 2);
  }

  async finish(): Promise<readonly WrittenClinicalFile[]> {
    return Promise.resolve(this.#written.sort((left, right) => (left.name < right.name ? -1 : 1)));
  }

  async abort(): Promise<void> {
    await this.#current?.abandon();
    for (const made of this.#made) await rm(made, { recursive: true, force: true });
  }

  async #writeBundle(name: string, resources: readonly ResourceText[]): Promise<void> {
    const file = await this.#begin(name);
    file.append(this.form.open('transaction', name));
    for (const [place, resource] of resources.entries())
      file.append(`${place === 0 ? '' : ','}${this.form.entry('transaction', resource)}`);
    await this.#end(name, file, resources.length);
  }

  async #begin(name: string): Promise<AsciiFile> {
    const full = path.join(this.folder, name);
    const folder = path.dirname(full);
    if (!this.#folders.has(folder)) {
      const made = await mkdir(folder, { recursive: true });
      if (made !== undefined) this.#made.push(made);
      this.#folders.add(folder);
    }
    return (this.#current = new AsciiFile(full));
  }

  async #end(name: string, file: AsciiFile, count: number): Promise<void> {
    file.append(this.form.close);
    const finished = await file.finish();
    this.#current = undefined;
    this.#written.push({ name, mediaType: 'application/fhir+json', ...finished, count });
  }
}
