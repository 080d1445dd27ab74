import type { ColumnSchema } from '../../../core/schema/schema.js';
import { WithheldColumnError } from '../withheld-column-error.js';

/** The values that a column may hold, by public facts alone, cut into cells. No row has been looked at. */
export type PublicDomain = NumbersDomain | CategoriesDomain;

/** What is publicly known of a column, declared or bought. */
export interface DomainFacts extends Omit<ColumnSchema, 'bounds' | 'categories'> {
  readonly bounds?: { readonly low: number; readonly high: number };
  readonly categories?: { readonly values: readonly string[] };
}

export interface NumbersDomain {
  readonly kind: 'numbers';
  readonly decimals: number;
  /** The lowest value, in units of the last decimal. */
  readonly first: number;
  /** Units of the last decimal between two values; 1 unless given. */
  readonly step?: number;
  /** Values on the grid: (first + k step) / 10^decimals for k < points. */
  readonly points: number;
  /** Value k lies in cell floor(k cells / points). */
  readonly cells: number;
  /** Values by their k, each of which has a cell of its own behind the others. */
  readonly atoms?: Float64Array;
  /** The last cell is "missing". */
  readonly mayBeMissing: boolean;
}

export interface CategoriesDomain {
  readonly kind: 'categories';
  /** One cell each. */
  readonly values: readonly string[];
  readonly mayBeMissing: boolean;
}

/** What would make the domain of a column public is not there, and looking it up in the rows would tell of them. */
export class UnknownDomainError extends Error {
  constructor(
    readonly column: string,
    readonly problem: string,
  ) {
    super(`Column "${column}" has no public domain: ${problem}.`);
    this.name = 'UnknownDomainError';
  }
}

/** Positions on a grid times cells stay whole numbers that a double holds. */
export const pointsMax = 2 ** 42;
export const cellsMax = 1024;
const decimalsMax = 15;
/** A number whose decimals nobody declared is written with enough of them for so many steps between its bounds. */
const stepsWanted = 1000;

/**
 * @param cells that the range of a number is cut into at most, of equal width up to one step of its grid
 * @throws {UnknownDomainError} when bounds or categories are not declared or are none
 * @throws {WithheldColumnError} for identifiers and free text
 */
export function publicDomain(column: DomainFacts, cells: number): PublicDomain {
  const { name, type } = column;
  const mayBeMissing = column.missingMarkers.length > 0;
  switch (type) {
    case 'identifier':
    case 'free-text':
      throw new WithheldColumnError(name, type);
    case 'boolean':
    case 'category':
      return { kind: 'categories', values: categoriesOf(column), mayBeMissing };
    case 'number':
    case 'integer':
    case 'date':
    case 'datetime':
      return { kind: 'numbers', ...gridOf(column, cells), mayBeMissing };
  }
}

/** Cells of the domain, the missing one included. */
export function cellCount(domain: PublicDomain): number {
  return valueCells(domain) + (domain.mayBeMissing ? 1 : 0);
}

/** Cells that hold a value; the missing cell, if there is one, has this index. */
export function valueCells(domain: PublicDomain): number {
  return domain.kind === 'numbers' ? domain.cells + (domain.atoms?.length ?? 0) : domain.values.length;
}

function categoriesOf({ name, type, categories }: DomainFacts): readonly string[] {
  const values = categories?.values ?? (type === 'boolean' ? ['false', 'true'] : undefined);
  if (values === undefined) throw new UnknownDomainError(name, 'its categories are not declared');
  if (values.length === 0) throw new UnknownDomainError(name, 'no category is declared');
  if (new Set(values).size < values.length)
    throw new UnknownDomainError(name, 'a category is declared twice');
  return values;
}

function gridOf(column: DomainFacts, cells: number): Omit<NumbersDomain, 'kind' | 'mayBeMissing'> {
  const { name, type, bounds } = column;
  if (bounds === undefined) throw new UnknownDomainError(name, 'its bounds are not declared');
  const { low, high } = bounds;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high))
    throw new UnknownDomainError(name, `${low} to ${high} are not bounds`);
  const decimals = type === 'number' ? (column.decimals ?? decimalsFor(high - low)) : 0;
  const scale = 10 ** decimals;
  const first = Math.ceil(nearestWhole(low * scale));
  const points = Math.floor(nearestWhole(high * scale)) - first + 1;
  if (points < 1)
    throw new UnknownDomainError(name, `no value with ${decimals} decimals lies between its bounds`);
  if (points > pointsMax || !Number.isSafeInteger(first))
    throw new UnknownDomainError(name, `its bounds hold more than 2^42 values with ${decimals} decimals`);
  return { decimals, first, points, cells: Math.min(points, cells) };
}

function decimalsFor(span: number): number {
  if (span === 0) return 2;
  return Math.min(decimalsMax, Math.max(0, Math.ceil(Math.log10(stepsWanted / span))));
}

/** 0.29 * 100 is 28.999999999999996: a bound on the grid must not lose its own value. */
function nearestWhole(scaled: number): number {
  const nearest = Math.round(scaled);
  return Math.abs(scaled - nearest) <= 1e-9 * Math.max(1, Math.abs(scaled)) ? nearest : scaled;
}
