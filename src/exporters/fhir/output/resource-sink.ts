import type { WrittenClinicalFile } from '../../clinical-writer.js';
import type { ResourceText } from '../resource-taker.js';

/** Where resources go: files by type, or bundles. All of one call belong together. */
export interface ResourceSink {
  /** What many persons share. It may come after the persons, as it is known last. */
  takeShared(resources: readonly ResourceText[]): Promise<void>;
  /** What belongs to one person, who comes first. */
  takePerson(resources: readonly ResourceText[]): Promise<void>;
  /** The release: its group of all patients, in pieces of one JSON, and its provenance. */
  takeRelease(group: Iterable<string>, provenance: ResourceText): Promise<void>;
  /** Closes all files. */
  finish(): Promise<readonly WrittenClinicalFile[]>;
  /** Closes all files and removes them. */
  abort(): Promise<void>;
}
