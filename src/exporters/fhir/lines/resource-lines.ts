import { createReadStream } from 'node:fs';

/** A resource in a file of NDJSON, and where it lies. */
export interface ResourceLine {
  readonly type: string;
  readonly id: string;
  /** The id of the patient that it is, or is about; null for what is nobody's. */
  readonly patient: string | null;
  /** In bytes, without the line feed. */
  readonly start: number;
  readonly length: number;
}

interface Resource {
  readonly resourceType?: unknown;
  readonly id?: unknown;
  readonly subject?: { readonly reference?: string };
  readonly patient?: { readonly reference?: string };
}

const lineFeed = 10;

/**
 * The resources of a file of NDJSON, in its order and in the memory of a block and a line.
 * @param onBytes takes every block as it is read
 * @throws {Error} naming file and line, for a line that is no resource with type and id; {Error} of the file system
 */
export async function* resourceLines(
  path: string,
  onBytes?: (bytes: Buffer) => void,
): AsyncGenerator<ResourceLine> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let line = 0;
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    onBytes?.(block);
    const bytes = rest.length === 0 ? block : Buffer.concat([rest, block]);
    let from = 0;
    for (let end = bytes.indexOf(lineFeed, from); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      line += 1;
      if (end > from)
        yield {
          ...read(bytes.toString('utf8', from, end), { path, line }),
          start: offset + from,
          length: end - from,
        };
      from = end + 1;
    }
    rest = bytes.subarray(from);
    offset += from;
  }
  if (rest.length > 0)
    yield { ...read(rest.toString('utf8'), { path, line: line + 1 }), start: offset, length: rest.length };
}

function read(
  text: string,
  { path, line }: { readonly path: string; readonly line: number },
): Pick<ResourceLine, 'type' | 'id' | 'patient'> {
  const { resourceType: type, id, subject, patient } = parsed(text);
  if (typeof type !== 'string' || typeof id !== 'string')
    throw new Error(`${path}, line ${line} is no resource with a type and an id.`);
  if (type === 'Patient') return { type, id, patient: id };
  const reference = subject?.reference ?? patient?.reference ?? '';
  return { type, id, patient: /^Patient\/([^/]+)$/.exec(reference)?.[1] ?? null };
}

function parsed(text: string): Resource {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
