import { isDateFormat } from '../../core/schema/date-format.js';
import type { DateFormat } from '../../core/schema/date-format.js';
import type { ColumnSchema, SemanticType } from '../../core/schema/schema.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { msPerDay } from '../../core/time/units.js';

/** What the custodian says is public about a column; bounds as they would stand in the file. */
export interface DeclaredFacts {
  readonly unit?: string | null;
  readonly low?: string | null;
  readonly high?: string | null;
  readonly categories?: readonly string[] | null;
  readonly decimals?: number | null;
  readonly dateFormat?: string | null;
}

type PublicFacts = Pick<ColumnSchema, 'unit' | 'bounds' | 'categories' | 'decimals' | 'dateFormat'>;

/** Bounds that are not of the column's type come out as NaN, which `refusePublicFacts` refuses. */
export function publicFacts(type: SemanticType, declared: DeclaredFacts): PublicFacts {
  const { unit, low, high, categories, decimals, dateFormat } = declared;
  const hasBounds = (low ?? null) !== null || (high ?? null) !== null;
  const provenance = 'declared';
  return {
    ...(unit ? { unit } : {}),
    ...(hasBounds ? { bounds: { low: boundOf(type, low), high: boundOf(type, high), provenance } } : {}),
    ...(categories ? { categories: { values: categories, provenance } } : {}),
    ...(decimals === null || decimals === undefined ? {} : { decimals }),
    // Whether there is such a format is for `refusePublicFacts` to say.
    ...(dateFormat ? { dateFormat: dateFormat as DateFormat } : {}),
  };
}

const shapes: Readonly<Partial<Record<SemanticType, RegExp>>> = {
  number: /^[+-]?\d+(\.\d+)?$/,
  integer: /^[+-]?\d+$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/,
};

function boundOf(type: SemanticType, text: string | null | undefined): number {
  const cell = text?.trim() ?? '';
  if (!shapes[type]?.test(cell)) return NaN;
  if (type === 'number' || type === 'integer') return Number(cell);
  const time = Date.parse(cell);
  // 30 February is read as 2 March.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(cell.slice(0, 10))) return NaN;
  return type === 'date' ? time / msPerDay : time;
}

const decimalsMax = 12;

/** What is declared as public must make sense for the type of the column. */
export function refusePublicFacts(column: ColumnSchema): Refusal | null {
  const { name, type, bounds, categories, decimals, dateFormat } = column;
  const isMeasured = type === 'number' || type === 'integer' || type === 'date' || type === 'datetime';
  if (bounds && !isMeasured)
    return refusal('BAD_PARAMETERS', `"${name}" is ${type}: it has no bounds.`, name);
  if (bounds && !(Number.isFinite(bounds.low) && bounds.low <= bounds.high && bounds.high < Infinity)) {
    return refusal('BAD_PARAMETERS', `The bounds of "${name}" are not in order, or not of its type.`, name);
  }
  const hasCategories = type === 'category' || type === 'boolean';
  if (categories && !hasCategories) {
    return refusal('BAD_PARAMETERS', `"${name}" is ${type}: it has no categories.`, name);
  }
  if (categories && new Set(categories.values).size !== categories.values.length) {
    return refusal('BAD_PARAMETERS', `A category of "${name}" is there twice.`, name);
  }
  if (categories?.values.length === 0) {
    return refusal('BAD_PARAMETERS', `"${name}" has no category to choose from.`, name);
  }
  if (dateFormat !== undefined && (type !== 'date' || !isDateFormat(dateFormat))) {
    return refusal('BAD_PARAMETERS', `"${name}" is no date written ${dateFormat}.`, name);
  }
  if (decimals === undefined) return null;
  if (type !== 'number') return refusal('BAD_PARAMETERS', `"${name}" is ${type}: it has no decimals.`, name);
  if (Number.isInteger(decimals) && decimals >= 0 && decimals <= decimalsMax) return null;
  return refusal('BAD_PARAMETERS', `"${name}" may have 0 to ${decimalsMax} decimals.`, name);
}
