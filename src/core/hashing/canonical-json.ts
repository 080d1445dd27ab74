/**
 * JSON with one spelling for each value (RFC 8785), so that equal values have equal hashes.
 * Object members whose value is `undefined` are left out, as JSON.stringify does.
 * @throws {TypeError} for what JSON cannot say: non-finite numbers, BigInt, functions, lone surrogates, undefined.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`JSON has no number ${String(value)}.`);
      return JSON.stringify(value);
    case 'string':
      return canonicalString(value);
    case 'object':
      return value === null ? 'null' : canonicalObject(value);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      throw new TypeError(`JSON has no ${typeof value}.`);
  }
}

function canonicalObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (hasToJson(value)) return canonicalJson(value.toJSON());
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // RFC 8785 orders names by UTF-16 code units, which is what < on strings compares.
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${canonicalString(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

function canonicalString(text: string): string {
  // A lone surrogate has no UTF-8 form, so its hash would depend on who encodes it.
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('JSON text must not hold a lone surrogate.');
  return JSON.stringify(text);
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
