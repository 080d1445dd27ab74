const space = 32;
const longestId = 64;
/** Of a FHIR string, in characters. */
const longestString = 1_048_576;

const whiteSpace = /[\x00-\x20]/;
const controlCharacter = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;

/** Not empty, and no control characters but tab, carriage return and line feed. */
export function isText(text: string): boolean {
  return text.length > 0 && text.length <= longestString && !controlCharacter.test(text);
}

/** Letters, digits, `-` and `.`, at most 64. */
export function isId(text: string): boolean {
  if (text.length === 0 || text.length > longestId) return false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (!isAlphanumeric(code) && code !== 45 && code !== 46) return false;
  }
  return true;
}

/** Words with one space between them. */
export function isCode(text: string): boolean {
  let wasSpace = true;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > space && code !== 0xa0) wasSpace = false;
    else if (wasSpace || code !== space) return false;
    else wasSpace = true;
  }
  return !wasSpace;
}

/** Not empty and without white space. */
export function isUri(text: string): boolean {
  return text.length > 0 && !whiteSpace.test(text);
}

export function isOid(text: string): boolean {
  return /^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/.test(text);
}

export function isUuid(text: string): boolean {
  return /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Groups of four characters of the alphabet, with white space between them or not; padding only at the end. */
export function isBase64(text: string): boolean {
  let count = 0;
  let padding = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === space || (code >= 9 && code <= 13)) continue;
    count += 1;
    if (code === 61) padding += 1;
    else if (padding > 0 || !(isAlphanumeric(code) || code === 43 || code === 47)) return false;
  }
  return count > 0 && count % 4 === 0 && padding <= 2;
}

const forbiddenInNarrative =
  /<\s*(script|form|base|link|object|iframe|frame|head|body|input|style)\b|\son[a-z]+\s*=|javascript:/i;

/** A div of the XHTML namespace with content and without what runs or loads (txt-1, txt-2); it is not parsed. */
export function isNarrative(text: string): boolean {
  const content = text.trim();
  if (!/^<div\s[^>]*xmlns\s*=\s*["']http:\/\/www\.w3\.org\/1999\/xhtml["']/.test(content)) return false;
  if (!/(<\/div>|\/>)$/.test(content) || forbiddenInNarrative.test(content)) return false;
  return content.replace(/<(?!img\b)[^>]*>/g, '').trim() !== '';
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
