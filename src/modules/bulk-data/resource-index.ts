import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

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

  /** Reads the file once. @throws {SyntaxError} when a line is not JSON */
  static async build(path: string): Promise<ResourceIndex> {
    const hash = createHash('sha256');
    const spans: (Span & { readonly patient: string | null })[] = [];
    let rest: Buffer = Buffer.alloc(0);
    let offset = 0;
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (let end = bytes.indexOf(10, from); end >= 0; end = bytes.indexOf(10, from)) {
        spans.push({ ...facts(bytes.toString('utf8', from, end)), start: offset + from, length: end - from });
        from = end + 1;
      }
      rest = bytes.subarray(from);
      offset += from;
    }
    if (rest.length > 0) spans.push({ ...facts(rest.toString('utf8')), start: offset, length: rest.length });
    const index = new ResourceIndex(path, hash.digest('hex'));
    for (const { patient, ...span } of spans) index.#add(span, patient);
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

interface Resource {
  readonly id: string;
  readonly subject?: { readonly reference?: string };
  readonly patient?: { readonly reference?: string };
}

function facts(line: string): { id: string; patient: string | null } {
  const { id, subject, patient } = JSON.parse(line) as Resource;
  const reference = subject?.reference ?? patient?.reference ?? '';
  return { id, patient: /^Patient\/(.+)$/.exec(reference)?.[1] ?? null };
}
