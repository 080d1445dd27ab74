import { cellsMax } from '../domain/public-domain.js';
import { ParameterError } from '../parameter-error.js';

/** What every generator with differential privacy is told. */
export interface PrivateParameters {
  readonly epsilon: number;
  /** The chance with which epsilon may be exceeded; at most 1 / n^2 for n subjects is good practice. */
  readonly delta: number;
  /** Rows of one subject that count at most. */
  readonly rowsPerSubject: number;
  /**
   * The column that names the subject of a row: rows over the bound are left out. Null: the custodian declares that no
   * subject has more.
   */
  readonly subject: string | null;
  /** Cells that the range of a number is cut into at most. */
  readonly cells: number;
  /** Of the budget, for bounds and categories that are not declared; 0: they are refused. */
  readonly domainShare: number;
}

const domainShareMax = 0.5;

const epsilonMax = 100;
const deltaMax = 1e-3;
const rowsPerSubjectMax = 1000;

/** @param deltaMin 0 where the generator can do without, else something small */
export function privateParametersSchema({
  deltaMin,
  more = {},
}: {
  deltaMin: number;
  more?: Readonly<Record<string, unknown>>;
}): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    required: ['epsilon', 'rowsPerSubject'],
    properties: {
      epsilon: { type: 'number', exclusiveMinimum: 0, maximum: epsilonMax },
      delta: { type: 'number', minimum: deltaMin, maximum: deltaMax, default: 1e-9 },
      rowsPerSubject: { type: 'integer', minimum: 1, maximum: rowsPerSubjectMax },
      subject: { type: ['string', 'null'], default: null },
      cells: { type: 'integer', minimum: 2, maximum: cellsMax, default: 128 },
      domainShare: { type: 'number', minimum: 0, maximum: domainShareMax, default: 0 },
      ...more,
    },
    additionalProperties: false,
  };
}

const names = ['epsilon', 'delta', 'rowsPerSubject', 'subject', 'cells', 'domainShare'];

/**
 * @param more names of parameters that the generator reads itself
 * @throws {ParameterError}
 */
export function parsePrivateParameters(
  given: Readonly<Record<string, unknown>>,
  { deltaMin, more = [] }: { deltaMin: number; more?: readonly string[] },
): PrivateParameters {
  for (const name of Object.keys(given))
    if (!names.includes(name) && !more.includes(name)) throw new ParameterError(name, 'there is none');
  const { epsilon, delta = 1e-9, subject = null, domainShare = 0 } = given;
  if (typeof epsilon !== 'number' || !(epsilon > 0 && epsilon <= epsilonMax))
    throw new ParameterError(
      'epsilon',
      `${JSON.stringify(epsilon)} is not above 0 and at most ${epsilonMax}`,
    );
  if (typeof delta !== 'number' || !(delta >= deltaMin && delta <= deltaMax))
    throw new ParameterError('delta', `${JSON.stringify(delta)} is not from ${deltaMin} to ${deltaMax}`);
  if (subject !== null && typeof subject !== 'string')
    throw new ParameterError('subject', `${JSON.stringify(subject)} is not the name of a column`);
  if (typeof domainShare !== 'number' || !(domainShare >= 0 && domainShare <= domainShareMax))
    throw new ParameterError(
      'domainShare',
      `${JSON.stringify(domainShare)} is not from 0 to ${domainShareMax}`,
    );
  return {
    epsilon,
    delta,
    domainShare,
    rowsPerSubject: wholeNumber(given, 'rowsPerSubject', { minimum: 1, maximum: rowsPerSubjectMax }),
    subject,
    cells: wholeNumber(given, 'cells', { minimum: 2, maximum: cellsMax, standard: 128 }),
  };
}

/** @throws {ParameterError} */
export function wholeNumber(
  given: Readonly<Record<string, unknown>>,
  name: string,
  { minimum, maximum, standard }: { minimum: number; maximum: number; standard?: number },
): number {
  const value = given[name] ?? standard;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < minimum || value > maximum) {
    throw new ParameterError(
      name,
      `${JSON.stringify(value)} is not a whole number from ${minimum} to ${maximum}`,
    );
  }
  return value;
}
