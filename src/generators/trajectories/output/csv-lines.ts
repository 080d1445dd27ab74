import type { Code } from '../codes.js';
import type { CsvTable } from './csv-tables.js';

/** What makes a spreadsheet run a cell (OWASP "CSV injection"), except before a number. */
const formulaStart = /^(?:[=@\t]|[+-](?!\d))/;

/** Text without what would need quotes: the layout has none. */
export function cleanCell(text: string): string {
  const plain = /[,"\r\n]/.test(text) ? text.replace(/[,"\r\n]+/g, ' ').replace(/ {2,}/g, ' ') : text;
  return formulaStart.test(plain) ? `'${plain}` : plain;
}

/** The lines of one or several persons for each file. */
export class CsvLines {
  readonly #lines = new Map<CsvTable, string[]>();

  /** Adds one line; the cells are clean. */
  add(table: CsvTable, cells: readonly (string | number)[]): void {
    const lines = this.#lines.get(table);
    if (lines === undefined) this.#lines.set(table, [cells.join(',')]);
    else lines.push(cells.join(','));
  }

  /** The text of each file that has lines, each line with its end. */
  texts(): ReadonlyMap<CsvTable, string> {
    return new Map([...this.#lines].map(([table, lines]) => [table, `${lines.join('\n')}\n`]));
  }
}

/** Code and description; empty for none. */
export function codeCells(code: Code | undefined): [string, string] {
  return code === undefined ? ['', ''] : [cleanCell(code.code), cleanCell(code.display)];
}

const systems: Readonly<Record<string, string>> = {
  'SNOMED-CT': 'http://snomed.info/sct',
  SNOMED: 'http://snomed.info/sct',
  LOINC: 'http://loinc.org',
  RxNorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
};

/** The name of a code system as the layout writes it. */
export function systemCell(code: Code | undefined): string {
  return code === undefined ? '' : cleanCell(systems[code.system] ?? code.system);
}
