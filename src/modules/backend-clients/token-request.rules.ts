import { TokenRefusal } from './token-refusal.js';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Reading everything, in the words of SMART 1 and 2; what a client may have of it is asked release by release. */
export const scopes = ['system/*.read', 'system/*.rs'];

export interface TokenRequest {
  readonly assertion: string;
  /** Of those asked for, what is given. */
  readonly scope: string;
}

/** The form of a token request (RFC 6749, 4.4.2). @throws {TokenRefusal} */
export function readTokenRequest(form: URLSearchParams): TokenRequest {
  for (const name of ['grant_type', 'client_assertion_type', 'client_assertion', 'scope'])
    if (form.getAll(name).length !== 1) throw new TokenRefusal('invalid_request', `Give "${name}" once.`);
  if (form.get('grant_type') !== 'client_credentials')
    throw new TokenRefusal('unsupported_grant_type', 'The grant type is client_credentials.');
  if (form.get('client_assertion_type') !== assertionType)
    throw new TokenRefusal('invalid_request', `The type of the assertion is ${assertionType}.`);
  const asked = (form.get('scope') ?? '').split(' ');
  const given = asked.filter((scope) => scopes.includes(scope));
  if (given.length === 0)
    throw new TokenRefusal('invalid_scope', `There are the scopes ${scopes.join(', ')}.`);
  return { assertion: form.get('client_assertion') ?? '', scope: given.join(' ') };
}
