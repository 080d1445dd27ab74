import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { ModelFormatError } from './model-format-error.js';

/**
 * A model as bytes: "PFMODEL1", the length of the head (uint32), the head (canonical JSON, UTF-8, padded by spaces),
 * then the arrays, each at a multiple of 8. The head is the model with each typed array replaced by
 * { "$array": [type, offset, length] }. Numbers are little-endian; equal models give equal bytes.
 */
const magic = 'PFMODEL1';
const headStart = magic.length + 4;

const arrayTypes = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u8: Uint8Array,
} as const;
type ArrayType = keyof typeof arrayTypes;
type ModelArray = Float64Array | Float32Array | Int32Array | Uint8Array;

export function packModel(model: object): Uint8Array {
  const arrays: Uint8Array[] = [];
  let size = 0;
  const headOf = (value: unknown): unknown => {
    const type = arrayTypeOf(value);
    if (type) {
      const bytes = new Uint8Array(type.array.buffer, type.array.byteOffset, type.array.byteLength);
      const offset = size;
      arrays.push(bytes);
      size += padded(bytes.length);
      return { $array: [type.name, offset, type.array.length] };
    }
    if (Array.isArray(value)) return value.map(headOf);
    if (typeof value !== 'object' || value === null) return value;
    // In the order of the names, so that equal models lay their arrays out alike.
    const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return Object.fromEntries(members.map(([name, member]) => [name, headOf(member)]));
  };
  const json = Buffer.from(canonicalJson(headOf(model)), 'utf8');
  const headEnd = padded(headStart + json.length);
  const bytes = new Uint8Array(headEnd + size).fill(0x20, headStart, headEnd);
  bytes.set(Buffer.from(magic, 'latin1'));
  new DataView(bytes.buffer).setUint32(magic.length, headEnd - headStart, true);
  bytes.set(json, headStart);
  let at = headEnd;
  for (const array of arrays) {
    bytes.set(array, at);
    at += padded(array.length);
  }
  return bytes;
}

/** What was packed, its arrays as typed arrays again. @throws {ModelFormatError} */
export function unpackModel(file: Uint8Array): unknown {
  // A Buffer's slice would share its memory; that of a plain array copies.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < headStart || Buffer.from(bytes.subarray(0, magic.length)).toString('latin1') !== magic)
    throw new ModelFormatError('', 'it does not begin as a model of this version does');
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(magic.length, true);
  const headEnd = headStart + headLength;
  if (headEnd > bytes.length) throw new ModelFormatError('', 'it is cut off');
  const data = bytes.subarray(headEnd);
  let head: unknown;
  try {
    head = JSON.parse(Buffer.from(bytes.subarray(headStart, headEnd)).toString('utf8'));
  } catch {
    throw new ModelFormatError('', 'its head is not JSON');
  }
  return restore(head, data, '');
}

function restore(value: unknown, data: Uint8Array, place: string): unknown {
  if (Array.isArray(value)) return value.map((member, index) => restore(member, data, `${place}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  if ('$array' in value) return arrayAt(value.$array, data, place);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      restore(member, data, place === '' ? name : `${place}.${name}`),
    ]),
  );
}

function arrayAt(reference: unknown, data: Uint8Array, place: string): ModelArray {
  const [type, offset, length] = Array.isArray(reference) ? (reference as unknown[]) : [];
  if (!isArrayType(type) || !isIndex(offset) || !isIndex(length) || offset % 8 !== 0)
    throw new ModelFormatError(place, 'this is not a reference to an array');
  const ArrayOf = arrayTypes[type];
  const end = offset + length * ArrayOf.BYTES_PER_ELEMENT;
  if (end > data.length) throw new ModelFormatError(place, 'the array ends beyond the file');
  // A copy: its own buffer is aligned, wherever the bytes lie.
  return new ArrayOf(data.slice(offset, end).buffer);
}

function arrayTypeOf(value: unknown): { name: ArrayType; array: ModelArray } | null {
  if (value instanceof Float64Array) return { name: 'f64', array: value };
  if (value instanceof Float32Array) return { name: 'f32', array: value };
  if (value instanceof Int32Array) return { name: 'i32', array: value };
  if (value instanceof Uint8Array) return { name: 'u8', array: value };
  return null;
}

function isArrayType(value: unknown): value is ArrayType {
  return typeof value === 'string' && Object.hasOwn(arrayTypes, value);
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
