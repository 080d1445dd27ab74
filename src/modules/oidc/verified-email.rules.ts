import { isEmail } from '../../core/text/email-address.js';

/**
 * The e-mail address in the claims of an ID token, lower case; null unless the provider says itself, by the boolean
 * `email_verified`, that it is the person's (OpenID Connect Core 1.0, section 5.1).
 */
export function verifiedEmail(claims: Readonly<Record<string, unknown>>): string | null {
  const { email, email_verified: isVerified } = claims;
  if (isVerified !== true || typeof email !== 'string' || !isEmail(email)) return null;
  return email.trim().toLowerCase();
}
