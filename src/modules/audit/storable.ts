/** What the database gives back as it was: PostgreSQL keeps no NUL, and UTF-8 no lone surrogate. */
export function storableText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, '\uFFFD');
}

/** The same for every text and name in details, as plain JSON: what is hashed is what will be read back. */
export function storable(details: object): object {
  const plain: unknown = JSON.parse(JSON.stringify(details), (_, value: unknown) => {
    if (typeof value === 'string') return storableText(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [storableText(name), member]));
  });
  return typeof plain === 'object' && plain !== null ? plain : {};
}
