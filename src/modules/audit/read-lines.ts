import { createReadStream } from 'node:fs';

/** Longer than any event can be: a file without line ends must not fill the memory. */
const lineBytesMax = 64 * 2 ** 20;
const newline = 0x0a;

export interface FileLine {
  readonly number: number;
  readonly bytes: Buffer;
  /** Null: not UTF-8, or too long. */
  readonly text: string | null;
  /** False: the file ends before the line does. */
  readonly isEnded: boolean;
}

/** The lines of a file as they lie there, one at a time. */
export async function* readLines(file: string): AsyncGenerator<FileLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 0;
  const line = (isEnded: boolean): FileLine => {
    const bytes = Buffer.concat(parts);
    parts = [];
    length = 0;
    number += 1;
    return { number, bytes, text: textOf(bytes), isEnded };
  };
  const keep = (bytes: Buffer): void => {
    parts.push(bytes);
    length += bytes.length;
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      keep(chunk.subarray(start, end));
      yield line(true);
      start = end + 1;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
    if (length > lineBytesMax) {
      yield { ...line(false), text: null };
      return;
    }
  }
  if (length > 0) yield line(false);
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
