import { type ColumnSchema, isReleasable } from '../../core/schema/schema.js';
import type { MeasureSection } from '../../evaluation/measure.js';
import { type DeclaredUse, nothingDeclared, refuseDeclaredUse } from './declared-use.rules.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** What the researcher declares; each has to be true. */
export interface Declarations {
  readonly notForDirectCare: boolean;
  readonly noReIdentification: boolean;
  readonly nonCommercial: boolean;
  readonly noConflictOfInterest: boolean;
}

export interface RequestForm {
  readonly title: string;
  readonly purpose: string;
  readonly tier: string;
  readonly columns: readonly string[];
  /** Of simulated lives: persons. */
  readonly rows: number;
  readonly formats: readonly string[];
  readonly declarations: Declarations;
  /** Absent: nothing. */
  readonly declaredUse?: DeclaredUse;
}

export interface FormBounds {
  readonly sourceKind: 'EXTRACT' | 'RULES';
  readonly sourceColumns: readonly ColumnSchema[];
  /** Undefined: the policy in force has no thresholds for this tier. */
  readonly rowsMax: number | undefined;
  /** Of simulated lives. */
  readonly personsMax: number;
  readonly formats: readonly string[];
  /** Of declared use, what the policy measures in the tier; of simulated lives nothing. */
  readonly measured: readonly MeasureSection[];
}

export const textLengthMax = 4_000;
const purposeLengthMin = 20;

/** Is the form complete and within what the source and the policy offer? Names the first field that is not. */
export function refuseForm(form: RequestForm, bounds: FormBounds): Refusal | null {
  if (bounds.rowsMax === undefined) {
    return refusal('UNSUPPORTED_TIER', 'The policy in force has no thresholds for this tier.', 'tier');
  }
  const refuseExtent = bounds.sourceKind === 'RULES' ? refuseLives : refuseTable;
  return (
    refuseTexts(form) ??
    refuseExtent(form, { ...bounds, rowsMax: bounds.rowsMax }) ??
    refuseUse(form, bounds) ??
    refuseFormats(form.formats, bounds.formats) ??
    refuseDeclarations(form.declarations)
  );
}

type KnownBounds = FormBounds & { readonly rowsMax: number };

function refuseTable(
  { columns, rows }: RequestForm,
  { sourceColumns, rowsMax }: KnownBounds,
): Refusal | null {
  return refuseColumns(columns, sourceColumns) ?? refuseCount(rows, rowsMax, 'rows');
}

/** Lives have no columns to choose from: what a life has is in its record. */
function refuseLives({ tier, columns, rows }: RequestForm, { personsMax }: KnownBounds): Refusal | null {
  if (tier !== 'STRUCTURAL') {
    return refusal('UNSUPPORTED_TIER', 'What clinical rules make is of tier STRUCTURAL.', 'tier');
  }
  const [column] = columns;
  if (column !== undefined) {
    return refusal('UNKNOWN_COLUMN', 'Simulated lives are asked for whole: name no columns.', column);
  }
  return refuseCount(rows, personsMax, 'persons');
}

function refuseUse(
  { columns: asked, declaredUse = nothingDeclared }: RequestForm,
  { sourceColumns, measured }: FormBounds,
): Refusal | null {
  const columns = sourceColumns.filter(({ name }) => asked.includes(name));
  return refuseDeclaredUse(declaredUse, { columns, measured });
}

function refuseTexts({ title, purpose }: RequestForm): Refusal | null {
  if (title.trim() === '') return refusal('INCOMPLETE', 'Give the request a title.', 'title');
  if (purpose.trim().length < purposeLengthMin) {
    return refusal(
      'INCOMPLETE',
      `Describe the purpose in at least ${purposeLengthMin} characters.`,
      'purpose',
    );
  }
  return null;
}

function refuseColumns(asked: readonly string[], offered: readonly ColumnSchema[]): Refusal | null {
  if (asked.length === 0) return refusal('INCOMPLETE', 'Name at least one column.', 'columns');
  for (const [index, name] of asked.entries()) {
    const column = offered.find((one) => one.name === name);
    if (!column) return refusal('UNKNOWN_COLUMN', `The source has no column "${name}".`, name);
    if (!isReleasable(column)) {
      return refusal(
        'IDENTIFIER_COLUMN',
        `"${name}" is ${withArticle(column.type)} column; those are never generated.`,
        name,
      );
    }
    if (asked.indexOf(name) !== index)
      return refusal('DUPLICATE_COLUMN', `"${name}" is asked for twice.`, name);
  }
  return null;
}

const withArticle = (type: ColumnSchema['type']): string =>
  type === 'identifier' ? 'an identifier' : `a ${type}`;

function refuseCount(rows: number, most: number, what: 'rows' | 'persons'): Refusal | null {
  if (Number.isInteger(rows) && rows >= 1 && rows <= most) return null;
  return refusal('ROWS_OUT_OF_BOUNDS', `Ask for 1 to ${most} ${what}; the policy allows no more.`, 'rows');
}

function refuseFormats(asked: readonly string[], offered: readonly string[]): Refusal | null {
  if (asked.length === 0) return refusal('INCOMPLETE', 'Name at least one format.', 'formats');
  const twice = asked.find((format, index) => asked.indexOf(format) !== index);
  if (twice !== undefined) {
    return refusal('UNSUPPORTED_FORMAT', `The format "${twice}" is asked for twice.`, 'formats');
  }
  const unknown = asked.find((format) => !offered.includes(format));
  if (unknown === undefined) return null;
  return refusal(
    'UNSUPPORTED_FORMAT',
    `There is no format "${unknown}"; there are: ${offered.join(', ')}.`,
    'formats',
  );
}

function refuseDeclarations(declarations: Declarations): Refusal | null {
  const missing = Object.entries(declarations).find(([, declared]) => declared !== true)?.[0];
  if (missing === undefined) return null;
  return refusal('DECLARATION_MISSING', `The declaration "${missing}" has to be made.`, missing);
}
