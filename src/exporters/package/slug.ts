const lengthMax = 60;

/** A title as a file name for every system: a-z, 0-9 and single hyphens, at most 60 characters, never empty. */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, lengthMax)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'dataset' : plain;
}
