import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Request, Response } from 'express';
import type { PackageFile } from '../generation/index.js';
import { type ByteRange, readByteRange } from './byte-range.rules.js';
import { FhirRefusal } from './operation-outcome.js';

const gzipLevel = 1;

/** Sends a file that never changes: whole, compressed, in part, or not at all when the client has it. */
export async function sendFile(
  request: Request,
  response: Response,
  file: PackageFile,
  open: (range?: ByteRange) => Readable,
): Promise<void> {
  const etag = `"${file.sha256}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Vary', 'Accept-Encoding');
  response.setHeader('Content-Type', 'application/fhir+ndjson');
  if (request.get('if-none-match') === etag) {
    response.status(304).end();
    return;
  }
  const isCurrent = (request.get('if-range') ?? etag) === etag;
  const range = isCurrent ? readByteRange(request.get('range'), file.bytes) : null;
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${file.bytes}`);
    throw new FhirRefusal(416, 'invalid', `The file has ${file.bytes} bytes.`);
  }
  if (range) {
    const { start, end } = range;
    response.status(206).setHeader('Content-Range', `bytes ${start}-${end}/${file.bytes}`);
    response.setHeader('Content-Length', end - start + 1);
    await pipeline(open(range), response);
  } else if (/\bgzip\b/.test(request.get('accept-encoding') ?? '')) {
    response.setHeader('Content-Encoding', 'gzip');
    await pipeline(open(), createGzip({ level: gzipLevel }), response);
  } else {
    response.setHeader('Content-Length', file.bytes);
    await pipeline(open(), response);
  }
}
