import type { Request } from 'express';
import { readBody } from '../platform/index.js';
import { TokenRefusal } from './token-refusal.js';

const bytesMost = 16 * 1024;

/** The fields of a form that was posted. @throws {TokenRefusal} when it is none, or too large for one */
export async function readForm(request: Request): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(request.get('content-type') ?? ''))
    throw new TokenRefusal('invalid_request', 'Post a form: application/x-www-form-urlencoded.');
  const body = await readBody(request, bytesMost);
  if (body === null)
    throw new TokenRefusal('invalid_request', `A token request has at most ${bytesMost} bytes.`, 413);
  return new URLSearchParams(body);
}
