import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** Scopes by name, as pairs of action and subject; a token may do of them what its person may. */
const namedScopes: Readonly<Record<string, readonly string[]>> = {
  'read-metadata': [
    'read Source',
    'read Profile',
    'read Mechanism',
    'read Request',
    'read Release',
    'read Incident',
  ],
  'download-releases': ['read Release', 'download Release'],
};

const daysMax = 365;
const nameLengthMax = 100;
/** A token that makes accounts could make itself one with more rights than its scopes. */
const forbiddenSubject = 'Person';

const pairPattern = /^([a-z]+) ([A-Za-z]+)$/;

export interface ApiTokenForm {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresInDays: number;
}

/** The pairs that scopes stand for. */
export function pairsOf(scopes: readonly string[]): ReadonlySet<string> {
  return new Set(
    scopes.flatMap((scope) => (Object.hasOwn(namedScopes, scope) ? namedScopes[scope] : null) ?? [scope]),
  );
}

/** May this person have this token? `mayEver` says what the person may do. */
export function refuseApiToken(
  { name, scopes, expiresInDays }: ApiTokenForm,
  mayEver: (action: string, subject: string) => boolean,
): Refusal | null {
  if (name.trim() === '' || name.length > nameLengthMax) {
    return refusal('INCOMPLETE', `Give a name of 1 to ${nameLengthMax} characters.`, 'name');
  }
  if (expiresInDays < 1 || expiresInDays > daysMax) {
    return refusal('BAD_PARAMETERS', `A token lasts 1 to ${daysMax} days.`, 'expiresInDays');
  }
  if (scopes.length === 0) return refusal('INCOMPLETE', 'Give at least one scope.', 'scopes');
  for (const scope of scopes) {
    const pairs = [...pairsOf([scope])].map((pair) => pairPattern.exec(pair));
    const isPermitted = pairs.some(
      (pair) => pair?.[2] !== forbiddenSubject && mayEver(pair?.[1] ?? '', pair?.[2] ?? ''),
    );
    if (isPermitted) continue;
    const message = `"${scope}" is no scope you can give: name something you may do yourself, such as "read Request", or one of ${Object.keys(namedScopes).join(', ')}.`;
    return refusal('NOT_PERMITTED', message, 'scopes');
  }
  return null;
}
