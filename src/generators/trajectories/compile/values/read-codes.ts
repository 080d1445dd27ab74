import type { Code } from '../../codes.js';
import type { Fields } from '../../library/fields.js';

/** One code; files write some codes as numbers, which are the same digits. */
export function readCode(fields: Fields): Code {
  const { code } = fields.values;
  const text = typeof code === 'number' && Number.isSafeInteger(code) ? String(code) : fields.text('code');
  return { system: fields.text('system'), code: text, display: fields.optionalText('display') ?? '' };
}

export function readCodes(fields: readonly Fields[]): Code[] {
  return fields.map(readCode);
}

/** The list of codes of a field, which must not be empty. */
export function readCodeList(fields: Fields, name: string): Code[] {
  const codes = readCodes(fields.children(name));
  if (codes.length === 0 && fields.has(name)) fields.fail(name, 'has no code.');
  return codes;
}
