import { uuidBytes } from '../ids/uuid-v5.js';

const bytesAtFirst = 16 * 1024;

/** The ids of all patients of a release in 16 bytes each. */
export class PatientList {
  #bytes = Buffer.alloc(bytesAtFirst);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(id: string): void {
    const start = this.#size * 16;
    if (start === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(start)]);
    uuidBytes(id).copy(this.#bytes, start);
    this.#size += 1;
  }

  at(place: number): string {
    const hex = this.#bytes.toString('hex', place * 16, place * 16 + 16);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  /** Whether an id is in the list twice. Its first 64 bits are looked at: 58 of them are random (SHA-1). */
  hasRepeated(): boolean {
    const heads = new BigUint64Array(this.#size);
    for (let place = 0; place < this.#size; place += 1)
      heads[place] = this.#bytes.readBigUInt64BE(place * 16);
    heads.sort();
    return heads.some((head, place) => place > 0 && head === heads[place - 1]);
  }
}
