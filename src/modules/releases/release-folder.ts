import { slugOf } from '../../exporters/package/slug.js';
import type { Candidate } from '../generation/index.js';
import type { ReleaseRequest } from '../requests/index.js';

const hashLength = 12;

/** Readable, and never the same for two requests or two candidates. */
export function folderOf(request: ReleaseRequest, candidate: Candidate): string {
  return `${request.reference}-${slugOf(request.title)}-${candidate.hash.slice(0, hashLength)}`;
}
