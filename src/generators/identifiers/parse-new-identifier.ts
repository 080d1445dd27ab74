import { newIdentifierKinds } from '../../core/schema/new-identifier.js';
import type { NewIdentifier, NewIdentifierKind } from '../../core/schema/new-identifier.js';
import { IdentifierError } from './identifier-error.js';
import { spaceOf } from './space-of.js';

/** Those of which two people may have the same. */
const sharedKinds: readonly NewIdentifierKind[] = [
  ...(['given-name', 'family-name', 'full-name', 'city', 'postcode', 'street-address', 'phone'] as const),
];
const plainKinds: readonly NewIdentifierKind[] = ['given-name', 'family-name', 'full-name', 'city'];

/**
 * `{"kind": "nhs-number"}` or `{"kind": "pattern", "pattern": "TST-[0-9]{8}", "unique": true}`; unless said otherwise,
 * numbers and keys are unique, and names, towns, addresses and phones are not.
 * @throws {IdentifierError} naming the column
 */
export function parseNewIdentifier(column: string, value: unknown): NewIdentifier {
  const refuse = (problem: string): never => {
    throw new IdentifierError(column, problem);
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('"regenerate" is not an object with a kind');
  const { kind: named, unique, pattern, plain, ...others } = value as Readonly<Record<string, unknown>>;
  const kind =
    newIdentifierKinds.find((each) => each === named) ??
    refuse(`there is no kind ${JSON.stringify(named)}; there are ${newIdentifierKinds.join(', ')}`);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) refuse(`"regenerate" has no "${unknown}"`);
  if (unique !== undefined && typeof unique !== 'boolean') return refuse('"unique" is not true or false');
  if (plain !== undefined && (typeof plain !== 'boolean' || !plainKinds.includes(kind)))
    return refuse(`"plain" is true or false, for ${plainKinds.join(', ')}`);
  if (
    (kind === 'pattern') !== (pattern !== undefined) ||
    (pattern !== undefined && typeof pattern !== 'string')
  )
    return refuse('a text "pattern" goes with the kind pattern, and with no other');
  const identifier = {
    ...{ kind, unique: unique ?? !sharedKinds.includes(kind) },
    ...(pattern === undefined ? {} : { pattern }),
    ...(plain === undefined ? {} : { plain }),
  };
  try {
    spaceOf(identifier);
  } catch (error) {
    refuse(error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
  }
  return identifier;
}
