/** How new keys are written: none of them is a key of the source. */
export interface KeyStyle {
  /** Empty: whole numbers above `base`. */
  readonly prefix: string;
  readonly base: number;
}

/** Keys of one base; a table has fewer rows. */
const span = 1_000_000_000;
const basesMax = 1_000_000;

/** Whole numbers where the source has whole numbers, else texts with a prefix that no key of the source begins with. */
export function keyStyleFor(sourceKeys: Iterable<string>): KeyStyle {
  const taken = new Set<number>();
  const texts: string[] = [];
  let areNumbers = true;
  for (const key of sourceKeys) {
    texts.push(key);
    if (!/^-?\d+$/.test(key)) areNumbers = false;
    else if (key.length <= 15) taken.add(Math.floor((Number(key) - 1) / span));
  }
  for (let place = 0; areNumbers && place < basesMax; place += 1)
    if (!taken.has(place)) return { prefix: '', base: place * span };
  let prefix = 'S';
  while (texts.some((key) => key.startsWith(prefix))) prefix += 'S';
  return { prefix, base: 0 };
}

/** @param ordinal from 0 */
export function newKey({ prefix, base }: KeyStyle, ordinal: number): string {
  return `${prefix}${base + ordinal + 1}`;
}
