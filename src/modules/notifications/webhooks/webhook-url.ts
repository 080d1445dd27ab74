import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './public-address.js';

const lengthMax = 2000;

export interface AddressRule {
  /** Programs on this machine may be told, and without TLS. */
  readonly loopback: boolean;
}

/** May a connection be made to this address? */
export function isAllowedAddress(address: string, { loopback }: AddressRule): boolean {
  return isPublicAddress(address) || (loopback && isLoopbackAddress(address));
}

/** The host of a URL as an address; null when it is a name. */
function literalAddress({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? null : host;
}

/** Why nothing is sent to this URL; null when it may be. A name is looked up, and asked about again, at each delivery. */
export function refuseWebhookUrl(text: string, rule: AddressRule): string | null {
  if (text.length > lengthMax || !URL.canParse(text)) return `Give a URL of at most ${lengthMax} characters.`;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return 'Leave out user name and password: deliveries are signed.';
  const address = literalAddress(url);
  const isHere = url.hostname === 'localhost' || (address !== null && isLoopbackAddress(address));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rule.loopback && isHere)) {
    return 'Give a URL that starts with https://.';
  }
  if (isHere && !rule.loopback) return 'Addresses of this machine are not allowed.';
  if (address !== null && !isAllowedAddress(address, rule))
    return 'Addresses of private networks are not allowed.';
  return null;
}
