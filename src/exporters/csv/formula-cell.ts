/** What makes Excel, LibreOffice or Google Sheets run a cell (OWASP "CSV injection"), the full-width forms too. */
const formulaStart = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;
const plainNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** True for text that a spreadsheet would run as a formula. */
export function isFormula(text: string): boolean {
  return formulaStart.test(text) && !plainNumber.test(text);
}

/**
 * The text with an apostrophe before it when a spreadsheet would run it. Text that already is apostrophes before
 * a formula gets one more, so that `unescapeCell` gives back exactly what went in.
 */
export function escapeCell(text: string): string {
  return isApostrophesBeforeFormula(text) ? `'${text}` : text;
}

/**
 * The reverse of `escapeCell`: unescapeCell(escapeCell(text)) === text for every text. Whoever reads a CSV file of
 * ours back to compare it with the source applies it to every heading and every text cell (not to numbers and dates).
 */
export function unescapeCell(cell: string): string {
  return cell.startsWith("'") && isApostrophesBeforeFormula(cell.slice(1)) ? cell.slice(1) : cell;
}

function isApostrophesBeforeFormula(text: string): boolean {
  return isFormula(text.replace(/^'+/, ''));
}
