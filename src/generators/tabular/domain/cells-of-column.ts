import { isMissing } from '../../../core/table/missing-bitmap.js';
import type { Column } from '../../../core/table/table.js';
import { WithheldColumnError } from '../withheld-column-error.js';
import { valueCells } from './public-domain.js';
import type { CategoriesDomain, DomainFacts, NumbersDomain, PublicDomain } from './public-domain.js';

/** A row that is in no cell of a column: it counts in no table of that column. */
const noCell = -1;

/**
 * The cell of every row. What a row gets depends on nothing but itself: a number beyond the bounds counts at the bound,
 * a category that nobody declared as missing, and a missing value of a column that cannot be missing in no cell.
 * @throws {WithheldColumnError} for text; {TypeError} when the column is not of the domain's kind
 */
export function cellsOfColumn(schema: DomainFacts, column: Column, domain: PublicDomain): Int32Array {
  if (column.kind === 'text') throw new WithheldColumnError(schema.name, 'free-text');
  if ((column.kind === 'category') !== (domain.kind === 'categories'))
    throw new TypeError(`Column "${schema.name}" does not hold values of type ${schema.type}.`);
  const missingCell = domain.mayBeMissing ? valueCells(domain) : noCell;
  if (column.kind === 'category') {
    const places = categoryCells(column.dictionary, schema, domain as CategoriesDomain, missingCell);
    return column.codes.map((code, row) =>
      isMissing(column.missing, row) ? missingCell : (places[code] ?? missingCell),
    );
  }
  const numbers = domain as NumbersDomain;
  return Int32Array.from(column.values, (value, row) =>
    isMissing(column.missing, row) || Number.isNaN(value) ? missingCell : cellOfNumber(numbers, value),
  );
}

function cellOfNumber(domain: NumbersDomain, value: number): number {
  return Math.floor((pointOfNumber(domain, value) * domain.cells) / domain.points);
}

/** The k of the nearest value of the domain. */
export function pointOfNumber({ decimals, first, step = 1, points }: NumbersDomain, value: number): number {
  const point = Math.round((Math.round(value * 10 ** decimals) - first) / step);
  return Math.min(points - 1, Math.max(0, point));
}

const trueWords = new Set(['true', 'yes', 'y', 't', '1']);
const falseWords = new Set(['false', 'no', 'n', 'f', '0']);

function categoryCells(
  dictionary: readonly string[],
  { type, categories }: DomainFacts,
  { values }: CategoriesDomain,
  missingCell: number,
): number[] {
  const places = new Map(values.map((value, place) => [value, place]));
  const usesStandardWords = type === 'boolean' && categories === undefined;
  return dictionary.map((text) => {
    const word = text.toLowerCase();
    if (usesStandardWords && trueWords.has(word)) return places.get('true') ?? missingCell;
    if (usesStandardWords && falseWords.has(word)) return places.get('false') ?? missingCell;
    return places.get(text) ?? missingCell;
  });
}
