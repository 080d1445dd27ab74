import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type ResourceLine, resourceLines } from '../../exporters/fhir/lines/resource-lines.js';

/** Where a resource lies in its file. */
interface Span {
  readonly id: string;
  readonly start: number;
  readonly length: number;
}

/** A file of resources that can be asked for one resource, or those of one patient. */
export class ResourceIndex {
  readonly #byId = new Map<string, Span>();
  readonly #byPatient = new Map<string, Span[]>();
  readonly #all: Span[] = [];

  private constructor(
    readonly path: string,
    /** SHA-256 of the bytes that were indexed. */
    readonly sha256: string,
  ) {}

  /** Reads the file once. @throws {Error} when a line is no resource */
  static async build(path: string): Promise<ResourceIndex> {
    const hash = createHash('sha256');
    const lines: ResourceLine[] = [];
    for await (const line of resourceLines(path, (bytes) => hash.update(bytes))) lines.push(line);
    const index = new ResourceIndex(path, hash.digest('hex'));
    for (const { id, patient, start, length } of lines) index.#add({ id, start, length }, patient);
    return index;
  }

  /** Spans in the order of the file, by what they are to be; left out: all. */
  find({ ids, patient }: { readonly ids?: readonly string[]; readonly patient?: string }): readonly Span[] {
    const ofPatient = patient === undefined ? this.#all : (this.#byPatient.get(patient) ?? []);
    if (ids === undefined) return ofPatient;
    const wanted = new Set(ids);
    if (patient !== undefined) return ofPatient.filter(({ id }) => wanted.has(id));
    return [...wanted].flatMap((id) => this.#byId.get(id) ?? []).sort((a, b) => a.start - b.start);
  }

  /** The resources as they are written. */
  async read(spans: readonly Span[]): Promise<string[]> {
    const file = await open(this.path);
    try {
      const texts: string[] = [];
      for (const { start, length } of spans) {
        const bytes = Buffer.alloc(length);
        await file.read(bytes, 0, length, start);
        texts.push(bytes.toString('utf8'));
      }
      return texts;
    } finally {
      await file.close();
    }
  }

  #add(span: Span, patient: string | null): void {
    this.#all.push(span);
    this.#byId.set(span.id, span);
    if (patient === null) return;
    const others = this.#byPatient.get(patient);
    if (others) others.push(span);
    else this.#byPatient.set(patient, [span]);
  }
}
