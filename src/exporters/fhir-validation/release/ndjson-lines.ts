import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** One line of a file, and how many bytes of the file were read by then. */
export interface NdjsonLine {
  readonly text: string;
  /** From 1; empty lines count, but do not come. */
  readonly line: number;
  readonly bytes: number;
}

const lineFeed = 10;

/** The lines of an NDJSON file, plain or gzipped (`.gz`), in the memory of a block and a line. @throws {Error} of the file system */
export async function* ndjsonLines(file: string): AsyncGenerator<readonly NdjsonLine[]> {
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  const blocks = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => blocks.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  for await (const block of blocks as AsyncIterable<Buffer>) {
    const data = rest.length === 0 ? block : Buffer.concat([rest, block]);
    const lines: NdjsonLine[] = [];
    let start = 0;
    for (let end = data.indexOf(lineFeed); end >= 0; end = data.indexOf(lineFeed, start)) {
      line += 1;
      if (end > start) lines.push({ text: data.toString('utf8', start, end), line, bytes: source.bytesRead });
      start = end + 1;
    }
    rest = data.subarray(start);
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [{ text: rest.toString('utf8'), line: line + 1, bytes: source.bytesRead }];
}
