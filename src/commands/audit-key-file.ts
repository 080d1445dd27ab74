import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isErrorCode } from '../modules/platform/postgres/process-facts.js';
import { StartRefused } from './start-refused.js';

/** A public key that somebody kept, in PEM. */
export async function readKeyFile(file: string): Promise<KeyObject> {
  const pem = await readFile(file);
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The same to whoever gave it.
  }
  throw new StartRefused(`${file} is not an Ed25519 public key in PEM.`);
}

/** Empty when there is no such file. */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return Buffer.alloc(0);
    throw error;
  }
}
