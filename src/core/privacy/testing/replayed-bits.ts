import { createCipheriv, createHash } from 'node:crypto';
import type { RandomBits } from '../random-bits.js';

const bytesDrawn = 65_536;

/** Bits that come again for the same name: for tests, and for nothing that real rows go into. */
export function replayedBits(name: string): RandomBits {
  const key = createHash('sha256').update(name).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  let words = new Uint32Array();
  let next = 0;
  return {
    uint32: () => {
      if (next === words.length) {
        const bytes = cipher.update(Buffer.alloc(bytesDrawn));
        words = Uint32Array.from({ length: bytesDrawn / 4 }, (_, word) => bytes.readUInt32LE(4 * word));
        next = 0;
      }
      next += 1;
      return words[next - 1] ?? 0;
    },
  };
}
