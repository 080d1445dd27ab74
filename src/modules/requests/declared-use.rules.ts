import { parse, YAMLError } from 'yaml';
import type { ColumnSchema, SemanticType } from '../../core/schema/schema.js';
import type { Declared } from '../../evaluation/declared.js';
import type { MeasureSection } from '../../evaluation/measure.js';
import { parsePlausibilityRules } from '../../evaluation/plausibility/parse-rules.js';
import { PlausibilityRuleError } from '../../evaluation/plausibility/plausibility-rule-error.js';
import { refuseRuleOfSchema } from '../../evaluation/plausibility/rule-of-schema.js';
import type { PlausibilityRule } from '../../evaluation/plausibility/rule.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** What the requester says the data are to be good for, as it stands on the form. */
export interface DeclaredUse {
  readonly target: string | null;
  readonly protectedColumns: readonly { readonly column: string; readonly cuts: readonly number[] }[];
  /** YAML or JSON, kept as it was written. */
  readonly rules: string | null;
}

export const nothingDeclared: DeclaredUse = { target: null, protectedColumns: [], rules: null };

interface WholeUse extends DeclaredUse {
  readonly protectedColumns: { readonly column: string; readonly cuts: number[] }[];
}

/** With every field there is: what is left out of a form is declared as nothing. */
export function wholeUse(use: Partial<DeclaredUse> | null | undefined): WholeUse {
  const { target, protectedColumns, rules } = use ?? nothingDeclared;
  return {
    target: target ?? null,
    protectedColumns: (protectedColumns ?? []).map(({ column, cuts }) => ({ column, cuts: [...cuts] })),
    rules: rules ?? null,
  };
}

interface UseBounds {
  /** The columns that are asked for. */
  readonly columns: readonly ColumnSchema[];
  /** What the policy measures in this tier, where it is declared. */
  readonly measured: readonly MeasureSection[];
}

/** The most characters of a text of rules. */
const rulesLengthMax = 20_000;
const protectedMax = 10;
const bandsMax = 20;

/** A draft may be wrong in any way, but not too large to keep. */
export function refuseLargeUse({ rules, protectedColumns }: DeclaredUse): Refusal | null {
  if ((rules ?? '').length > rulesLengthMax)
    return refuse('declaredUse.rules', `Rules have at most ${rulesLengthMax} characters.`);
  if (protectedColumns.length <= protectedMax) return null;
  return refuse('declaredUse.protectedColumns', `Groups are named by at most ${protectedMax} columns.`);
}

/** Can everything that is declared be measured? Names the first column, or rule, of which it cannot. */
export function refuseDeclaredUse(use: DeclaredUse, bounds: UseBounds): Refusal | null {
  return refuseTarget(use, bounds) ?? refuseProtected(use, bounds) ?? refuseRules(use, bounds);
}

const refuse = (place: string, message: string): Refusal => refusal('BAD_PARAMETERS', message, place);

const unmeasured = (place: string): Refusal =>
  refuse(place, 'The policy does not measure this in the tier that is asked for: leave it out.');

const notAsked = (place: string, name: string): Refusal =>
  refusal('UNKNOWN_COLUMN', `"${name}" is not among the columns that are asked for.`, place);

const targetTypes: readonly SemanticType[] = ['number', 'integer', 'category', 'boolean'];

function refuseTarget({ target }: DeclaredUse, { columns, measured }: UseBounds): Refusal | null {
  const place = 'declaredUse.target';
  if (target === null) return null;
  if (!measured.includes('use in models')) return unmeasured(place);
  const column = columns.find(({ name }) => name === target);
  if (!column) return notAsked(place, target);
  if (!targetTypes.includes(column.type))
    return refuse(place, `"${target}" is of type ${column.type}; models predict categories and numbers.`);
  return columns.length > 1 ? null : refuse(place, 'There is no other column to predict it from.');
}

function refuseProtected(
  { protectedColumns }: DeclaredUse,
  { columns, measured }: UseBounds,
): Refusal | null {
  const whole = 'declaredUse.protectedColumns';
  if (protectedColumns.length === 0) return null;
  if (!measured.includes('groups of people')) return unmeasured(whole);
  for (const [index, { column: name, cuts }] of protectedColumns.entries()) {
    const place = `declaredUse.protectedColumns.${index}`;
    const column = columns.find((one) => one.name === name);
    if (!column) return notAsked(place, name);
    if (protectedColumns.findIndex((one) => one.column === name) !== index)
      return refuse(place, `"${name}" is named twice.`);
    const refused = refuseBands(column, cuts);
    if (refused !== null) return refuse(place, refused);
  }
  return null;
}

function refuseBands({ name, type }: ColumnSchema, cuts: readonly number[]): string | null {
  if (type === 'category' || type === 'boolean')
    return cuts.length === 0 ? null : `"${name}" has categories: it is not cut into bands.`;
  if (type !== 'number' && type !== 'integer')
    return `"${name}" is of type ${type}; groups are categories, or bands of a number.`;
  const isRising = cuts.every(
    (cut, at) => Number.isFinite(cut) && (at === 0 || cut > (cuts[at - 1] ?? Infinity)),
  );
  if (cuts.length > 0 && cuts.length < bandsMax && isRising) return null;
  return `"${name}" is a number: say with fewer than ${bandsMax} rising numbers where its bands begin.`;
}

function refuseRules({ rules: text }: DeclaredUse, { columns, measured }: UseBounds): Refusal | null {
  const place = 'declaredUse.rules';
  if (text === null) return null;
  if (!measured.includes('clinical sense')) return unmeasured(place);
  try {
    for (const rule of rulesOf(text)) refuseRuleOfSchema(rule, columns);
    return null;
  } catch (error) {
    if (error instanceof PlausibilityRuleError || error instanceof YAMLError)
      return refuse(place, error.message);
    throw error;
  }
}

/** @throws {PlausibilityRuleError | YAMLError} naming the rule and the place that is wrong */
function rulesOf(text: string): PlausibilityRule[] {
  let value: unknown;
  try {
    // YAML 1.2 reads JSON as well.
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof ReferenceError) throw new PlausibilityRuleError('Rules have no aliases.');
    throw error;
  }
  return parsePlausibilityRules(value);
}

/** What the checks are told. The rules have been read before, when the form was submitted. */
export function declaredOf(use: DeclaredUse): Declared {
  const { target, protectedColumns, rules } = use;
  return {
    ...(target === null ? {} : { target }),
    ...(protectedColumns.length === 0
      ? {}
      : {
          protectedColumns: protectedColumns.map(({ column, cuts }) => ({
            column,
            ...(cuts.length === 0 ? {} : { cuts }),
          })),
        }),
    ...(rules === null ? {} : { rules: rulesOf(rules) }),
  };
}
