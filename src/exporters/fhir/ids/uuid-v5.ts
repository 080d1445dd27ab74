import { hash } from 'node:crypto';

const scratch = Buffer.alloc(16 + 4096);

/** The 16 bytes of a UUID in its usual writing. */
export function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/**
 * The UUID that a name has in a namespace: version 5, SHA-1 of the namespace's bytes and the name in UTF-8
 * (RFC 9562, section 5.5).
 *
 * @param namespace 16 bytes
 */
export function uuidV5(namespace: Buffer, name: string): string {
  const fits = name.length * 3 <= scratch.length - 16;
  const bytes = fits ? scratch : Buffer.alloc(16 + name.length * 3);
  namespace.copy(bytes, 0);
  const length = bytes.write(name, 16);
  const hex = hash('sha1', bytes.subarray(0, 16 + length));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
