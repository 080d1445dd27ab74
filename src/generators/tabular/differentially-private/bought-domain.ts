import type { PrivacyAccount } from '../../../core/privacy/privacy-account.js';
import { unitsPerOne, unitsRoundedDown } from '../../../core/privacy/privacy-units.js';
import type { PrivacyUnits } from '../../../core/privacy/privacy-units.js';
import { pooledCategory } from '../../../core/profile/profile.js';
import type { ColumnSchema, TableSchema } from '../../../core/schema/schema.js';
import { isMissing } from '../../../core/table/missing-bitmap.js';
import type { Column } from '../../../core/table/table.js';
import { publicDomain, UnknownDomainError } from '../domain/public-domain.js';
import type { DomainFacts } from '../domain/public-domain.js';
import { WithheldColumnError } from '../withheld-column-error.js';
import { publicRanges } from './public-ranges.js';
import type { PrivateParameters } from './private-parameters.js';

interface Price {
  /** Rho, or epsilon of a pure account, for each column. */
  readonly cost: PrivacyUnits;
  /** For each column of categories. */
  readonly delta: number;
}

interface Purchases {
  /** Names of the columns whose bounds or categories nobody has declared. */
  readonly bought: ReadonlySet<string>;
  /** All that the purchases may use of the delta. */
  readonly delta: number;
  priceOf(budget: PrivacyUnits): Price;
}

/** By the schema alone: which domains have to be bought, and for how much each. */
export function planPurchases(
  { columns }: TableSchema,
  { domainShare, delta, cells }: PrivateParameters,
): Purchases {
  const unknown = domainShare === 0 ? [] : columns.filter((column) => isUnknown(column, cells));
  const ofCategories = unknown.filter(({ type }) => type === 'category');
  const [first] = ofCategories;
  if (first && delta === 0)
    throw new UnknownDomainError(first.name, 'without a delta its categories cannot be bought');
  const deltas = ofCategories.length === 0 ? 0 : delta * domainShare;
  return {
    bought: new Set(unknown.map(({ name }) => name)),
    delta: deltas,
    priceOf: (budget) => ({
      cost: (budget * unitsRoundedDown(domainShare)) / unitsPerOne / BigInt(Math.max(1, unknown.length)),
      delta: deltas / Math.max(1, ofCategories.length),
    }),
  };
}

/** Not declared; what is declared and is no domain stays a refusal. */
function isUnknown(column: ColumnSchema, cells: number): boolean {
  const isDeclared = column.type === 'category' ? column.categories : column.bounds;
  if (isDeclared !== undefined || column.type === 'boolean') return false;
  try {
    publicDomain(column, cells);
    return false;
  } catch (error) {
    if (error instanceof UnknownDomainError) return true;
    throw error;
  }
}

interface ColumnCells {
  readonly column: DomainFacts;
  /** Of the rows that count. */
  readonly cells: Column;
}

/**
 * Bounds from noisy counts of public ranges, or the categories whose noisy count is above a threshold; all other
 * categories become one.
 */
export function buyDomain(given: ColumnCells, account: PrivacyAccount, price: Price): ColumnCells {
  const { column, cells } = given;
  if (cells.kind === 'text') throw new WithheldColumnError(column.name, 'free-text');
  return cells.kind === 'category'
    ? buyCategories(column, cells, { account, price })
    : { column: { ...column, bounds: buyBounds(column, cells, { account, price }) }, cells };
}

interface Buying {
  readonly account: PrivacyAccount;
  readonly price: Price;
}

function buyCategories(
  column: DomainFacts,
  cells: Extract<Column, { kind: 'category' }>,
  { account, price: { cost, delta } }: Buying,
): ColumnCells {
  const counts = new Int32Array(cells.dictionary.length);
  for (const [row, code] of cells.codes.entries())
    if (!isMissing(cells.missing, row)) counts[code] = (counts[code] ?? 0) + 1;
  const found = [...counts.keys()].filter((code) => (counts[code] ?? 0) > 0);
  const rows = Int32Array.from(found, (code) => counts[code] ?? 0);
  const asked = { rho: cost, delta };
  const frequent = account.frequentValues(`categories of "${column.name}"`, rows, asked);
  const kept = new Set(frequent.map((place) => cells.dictionary[found[place] ?? 0] ?? pooledCategory));
  kept.delete(pooledCategory);
  return {
    column: {
      ...column,
      categories: { values: [...kept].sort().concat(pooledCategory) },
    },
    cells: { ...cells, dictionary: cells.dictionary.map((text) => (kept.has(text) ? text : pooledCategory)) },
  };
}

/** A noisy count above so many standard deviations hardly comes of noise alone in any of some 200 ranges. */
const standingOut = 4;

function buyBounds(
  column: DomainFacts,
  cells: Exclude<Column, { kind: 'category' | 'text' }>,
  { account, price: { cost } }: Buying,
): NonNullable<DomainFacts['bounds']> {
  const ranges = publicRanges(column);
  const counts = new Int32Array(ranges.length);
  for (const [row, value] of cells.values.entries()) {
    if (isMissing(cells.missing, row) || Number.isNaN(value)) continue;
    const place = Math.max(
      0,
      ranges.findLastIndex(({ low }) => low <= value),
    );
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const purpose = `bounds of "${column.name}"`;
  const { tables, sigma } =
    account.kind === 'pure'
      ? account.laplaceTables(purpose, [counts], cost)
      : account.gaussianTables(purpose, [counts], cost);
  const noisy = tables[0] ?? new Float64Array(counts.length);
  const told = [...noisy.keys()].filter((place) => (noisy[place] ?? 0) > standingOut * sigma);
  // Nothing stands out: the likeliest range, so that what is paid for is also booked.
  const chosen = told.length > 0 ? told : [noisy.indexOf(Math.max(...noisy))];
  const low = ranges[chosen[0] ?? 0]?.low ?? 0;
  return { low, high: ranges[chosen.at(-1) ?? 0]?.high ?? low };
}
