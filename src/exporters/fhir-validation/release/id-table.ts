/** Taken once: looking it up in the global object costs more than it does. */
const { imul } = Math;

/**
 * Names with a number each, in 16 bytes a place (at most 96 a name) and without the names themselves: two hashes of 32 bits stand for one.
 * Of 10 million names, the chance that any two are taken for one another is about 3 in a million.
 */
export class IdTable {
  size = 0;
  private mask = 1023;
  private first = new Uint32Array(this.mask + 1);
  private second = new Uint32Array(this.mask + 1);
  /** Numbers are kept from 1: 0 marks an empty place. */
  private numbers = new Float64Array(this.mask + 1);

  /** The number of a name; -1 when it is not there. */
  get(name: string): number {
    return this.numberAt(this.placeOf(hashA(name), hashB(name)));
  }

  /** @param number from 0. Answers the number it had before; -1 when it is new, which is when it is added. */
  add(name: string, number: number): number {
    if (this.size * 3 > this.mask) this.grow();
    const a = hashA(name);
    const b = hashB(name);
    const place = this.placeOf(a, b);
    const before = this.numberAt(place);
    if (before >= 0) return before;
    this.first[place] = a;
    this.second[place] = b;
    this.numbers[place] = number + 1;
    this.size += 1;
    return -1;
  }

  private numberAt(place: number): number {
    return (this.numbers[place] ?? 0) - 1;
  }

  private placeOf(a: number, b: number): number {
    let place = a & this.mask;
    while (this.numbers[place] !== 0 && (this.first[place] !== a || this.second[place] !== b))
      place = (place + 1) & this.mask;
    return place;
  }

  private grow(): void {
    const { first, second, numbers } = this;
    this.mask = this.mask * 2 + 1;
    this.first = new Uint32Array(this.mask + 1);
    this.second = new Uint32Array(this.mask + 1);
    this.numbers = new Float64Array(this.mask + 1);
    numbers.forEach((number, index) => {
      if (number === 0) return;
      const a = first[index] ?? 0;
      const b = second[index] ?? 0;
      const place = this.placeOf(a, b);
      this.first[place] = a;
      this.second[place] = b;
      this.numbers[place] = number;
    });
  }
}

/** FNV-1a over UTF-16 units. */
function hashA(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = imul(value ^ text.charCodeAt(index), 0x01000193);
  return mixed(value);
}

/** Another one: it turns the bits at each step, so that names which the first takes for one another differ here. */
function hashB(text: string): number {
  let value = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1)
    value = imul(((value << 5) | (value >>> 27)) ^ text.charCodeAt(index), 0x9e3779b1);
  return mixed(value);
}

/** The last step of murmur3, so that close names lie apart. */
function mixed(hash: number): number {
  let value = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  value = imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
