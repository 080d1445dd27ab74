import type { Directory } from '../../core/events/directory.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import type { ClinicalWriter, ReleaseFacts, WrittenClinicalFiles } from '../clinical-writer.js';
import { BundleSink } from './bundles/bundle-sink.js';
import { BundleForm } from './bundles/bundle-text.js';
import { FhirContext } from './fhir-context.js';
import type { FhirOptions, FhirShape } from './fhir-options.js';
import { instantText } from './json/moment-text.js';
import { groupPieces } from './output/group-pieces.js';
import { NdjsonSink } from './output/ndjson-sink.js';
import { PatientList } from './output/patient-list.js';
import type { ResourceSink } from './output/resource-sink.js';
import { give, renderRecord } from './render-record.js';
import type { ResourceText } from './resource-taker.js';
import { directoryResources } from './resources/directory.js';
import { generatorResource, provenanceResource } from './resources/release.js';

/**
 * Writes a release as FHIR R4 (4.0.1) into a folder that is there and has no files of these names.
 *
 * Resources are rendered once and go to every shape. The same facts, options and records give the same bytes.
 */
export class FhirWriter implements ClinicalWriter {
  readonly #context: FhirContext;
  readonly #sinks: readonly ResourceSink[];
  readonly #patients = new PatientList();

  /** @throws {Error} when no shape is asked for */
  constructor(folder: string, facts: ReleaseFacts, options: FhirOptions) {
    if (options.shapes.length === 0) throw new Error('Say at least one shape: ndjson or bundles.');
    this.#context = new FhirContext(facts, options.profiles);
    const { release } = this.#context;
    const { baseUrl } = options;
    const form = new BundleForm(this.#context, baseUrl);
    const size = { entriesMax: options.bundleEntriesMax, bytesMax: options.bundleBytesMax };
    const bulk = { transactionTime: instantText(facts.madeOn), release };
    const sinkOf: Record<FhirShape, () => ResourceSink> = {
      ndjson: () =>
        new NdjsonSink(folder, options.partBytesMax, baseUrl === undefined ? bulk : { ...bulk, baseUrl }),
      bundles: () => new BundleSink(folder, form, size),
    };
    this.#sinks = [...new Set(options.shapes)].map((shape) => sinkOf[shape]());
  }

  /** @throws {Error} naming person and event, for what cannot be said in FHIR; nothing of the person is written then */
  async write(record: PatientRecord): Promise<void> {
    const resources: ResourceText[] = [];
    const patient = renderRecord(record, this.#context, (type, json) => {
      resources.push({ type, json });
    });
    this.#patients.add(patient);
    for (const sink of this.#sinks) await sink.takePerson(resources);
  }

  /** @throws {Error} when two persons have the same key, or a record refers to what the directory has not */
  async finish(directory: Directory): Promise<WrittenClinicalFiles> {
    const context = this.#context;
    const shared: ResourceText[] = [];
    const take = (type: string, json: string): void => {
      shared.push({ type, json });
    };
    for (const resource of directoryResources(directory, context)) give(take, resource);
    context.checkDirectory(directory);
    if (this.#patients.hasRepeated()) throw new Error('Two persons of the release have the same key.');
    give(take, generatorResource(context));
    const provenance = provenanceResource(context);
    const text = { type: provenance.resourceType, json: '' };
    give((_, json) => {
      text.json = json;
    }, provenance);
    const files = [];
    for (const sink of this.#sinks) {
      await sink.takeShared(shared);
      await sink.takeRelease(groupPieces(context, this.#patients), text);
      files.push(...(await sink.finish()));
    }
    return { files: files.sort((left, right) => (left.name < right.name ? -1 : 1)) };
  }

  async abort(): Promise<void> {
    for (const sink of this.#sinks) await sink.abort();
  }
}
