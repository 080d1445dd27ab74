import { isIP } from 'node:net';
import path from 'node:path';

/** How one kind of setting is read; `parse` answers undefined for a text that is not allowed. */
export interface ValueType<T> {
  readonly allowed: string;
  parse(text: string): T | undefined;
}

export const wholeNumber = (range: { min: number; max: number }): ValueType<number> => ({
  allowed: `a whole number from ${range.min} to ${range.max}`,
  parse: (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= range.min && value <= range.max ? value : undefined;
  },
});

export const oneOf = <T extends string>(...choices: readonly T[]): ValueType<T> => ({
  allowed: choices.join(', '),
  parse: (text) => choices.find((choice) => choice === text),
});

const sizePattern = /^(\d+(?:\.\d+)?) ?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/;
const sizeUnits: Readonly<Record<string, number>> = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** A size as a number of bytes. */
export const byteCount: ValueType<number> = {
  allowed: 'a number of bytes, or a size such as 500MB, 20GB or 1GiB',
  parse: (text) => {
    const [, amount, unit] = sizePattern.exec(text) ?? [undefined, text, undefined];
    const bytes = unit ? Number(amount) * (sizeUnits[unit] ?? Number.NaN) : wholeBytes(text);
    return Number.isFinite(bytes) && bytes >= 1 ? Math.floor(bytes) : undefined;
  },
};

export const byteCountUpTo = (bytesMax: number): ValueType<number> => ({
  allowed: `${byteCount.allowed}, ${bytesMax} at the most`,
  parse: (text) => {
    const bytes = byteCount.parse(text);
    return bytes !== undefined && bytes <= bytesMax ? bytes : undefined;
  },
});

const wholeBytes = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN);

/** A size kept as text, because DuckDB reads it itself. */
export const memorySize: ValueType<string> = {
  allowed: 'a size such as 512MB or 1GB',
  parse: (text) => (sizePattern.test(text) ? text : undefined),
};

export const directoryPath: ValueType<string> = {
  allowed: 'a path of a directory',
  parse: (text) => (text.includes('\0') ? undefined : path.resolve(text)),
};

export const hostName: ValueType<string> = {
  allowed: 'an IP address or a host name, without a port',
  parse: (text) => (/^(?:[A-Za-z0-9.-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/.test(text) ? text : undefined),
};

export const emailAddress: ValueType<string> = {
  allowed: 'an e-mail address',
  parse: (text) => (/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$/.test(text) ? text : undefined),
};

export const urlOf = (...schemes: readonly string[]): ValueType<string> => ({
  allowed: `a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  parse: (text) => {
    if (!URL.canParse(text)) return undefined;
    const { protocol, hostname } = new URL(text);
    return schemes.includes(protocol.slice(0, -1)) && hostname !== '' ? text : undefined;
  },
});

export const filePath: ValueType<string> = { ...directoryPath, allowed: 'a path of a file' };

export const plainText: ValueType<string> = {
  allowed: 'a text',
  parse: (text) => (text.includes('\0') ? undefined : text),
};

/** Tokens and secrets go there, so the way has to be encrypted where it leaves this machine. */
const isSecure = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));

export const secureUrl: ValueType<string> = {
  allowed: 'a URL that starts with https:// (http:// for this machine only)',
  parse: (text) => (URL.canParse(text) && isSecure(new URL(text)) ? text : undefined),
};

/** Kept without a slash at its end. */
export const webOrigin: ValueType<string> = {
  allowed: `${secureUrl.allowed}, without a path`,
  parse: (text) => {
    const secure = secureUrl.parse(text);
    if (secure === undefined) return undefined;
    const { origin, href } = new URL(secure);
    return href === `${origin}/` ? origin : undefined;
  },
};

/** Wide enough for a network of proxies; anything wider would believe the Internet. */
const prefixBitsMin: Readonly<Record<number, number>> = { 4: 8, 6: 16 };

function isAddressBlock(text: string): boolean {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0 || address.includes('%')) return false;
  const bitsMax = version === 4 ? 32 : 128;
  const bits = Number(prefix ?? bitsMax);
  return bits >= (prefixBitsMin[version] ?? 0) && bits <= bitsMax;
}

export const addressBlocks: ValueType<readonly string[]> = {
  allowed:
    'IP addresses and CIDR blocks (of /8 for IPv4, /16 for IPv6, or narrower), with commas between them',
  parse: (text) => {
    const blocks = text.split(',').map((block) => block.trim());
    return blocks.every(isAddressBlock) ? blocks : undefined;
  },
};
