/** Characters between 0x80 and 0x9f of Windows-1252, which the standard fonts of PDF have besides Latin-1. */
const others = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** The text as the standard fonts can show it: any other character as its code point, so that none is lost. */
export function pageText(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const isShown = (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || others.has(character);
    if (isShown) return character;
    return code === 0x0a ? ' ' : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
}
