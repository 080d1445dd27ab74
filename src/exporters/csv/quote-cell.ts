/** A cell as RFC 4180 writes it: quoted only when it must be. An empty text is quoted, since no text at all means missing. */
export function quoteCell(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
