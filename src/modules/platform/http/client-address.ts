import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * Who calls: the address that a trusted proxy says, and without one the address of the connection. Where a proxy says
 * something that is no address, such as one with a port, it is the proxy that calls: nobody gets a count of their own
 * by an odd spelling.
 */
export function clientAddress({ ip, socket }: Pick<Request, 'ip' | 'socket'>): string {
  return ip !== undefined && isIP(ip) !== 0 ? ip : (socket.remoteAddress ?? '');
}

/**
 * For Express's "trust proxy". By address, never by a number of hops: whoever reaches the server past the proxy would
 * choose their own address.
 */
export const trustedProxies = (blocks: readonly string[]): string[] | false =>
  blocks.length > 0 ? [...blocks] : false;
