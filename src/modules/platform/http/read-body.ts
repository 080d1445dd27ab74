import type { Request } from 'express';

/** The body of a request as text; null when it is longer than `bytesMost`, and is not read to its end then. */
export async function readBody(request: Request, bytesMost: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMost) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
