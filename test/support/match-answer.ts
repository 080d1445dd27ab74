/** Values that answers have given a name to. */
export type Named = Map<string, string>;

const placeholder = /^<(\w+)>$/;

/**
 * Compares an answer with one as documentation writes it: any in angle brackets stands for anything, <name> for a value that is
 * kept under the name, and is the same wherever the name stands again. Null when they agree, else where they differ.
 */
export function matchAnswer(actual: unknown, expected: unknown, named: Named, path = ''): string | null {
  const [, name] = typeof expected === 'string' ? (placeholder.exec(expected) ?? []) : [];
  if (name !== undefined) return matchName(actual, name, named, path);
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) {
    return actual === expected
      ? null
      : `${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
  }
  const actualKeys = Object.keys(actual);
  const expectedKeys = Object.keys(expected);
  if (actualKeys.join() !== expectedKeys.join())
    return `${path} has [${actualKeys.join()}], not [${expectedKeys.join()}]`;
  for (const key of expectedKeys) {
    const [found, wanted] = [actual, expected].map((holder) => (holder as Record<string, unknown>)[key]);
    const difference = matchAnswer(found, wanted, named, `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

function matchName(actual: unknown, name: string, named: Named, path: string): string | null {
  if (name === 'any') return null;
  if (typeof actual !== 'string') return `${path} is ${JSON.stringify(actual)}, no text`;
  const known = named.get(name);
  if (known !== undefined && known !== actual) return `${path} is not the ${name} it was`;
  named.set(name, actual);
  return null;
}
