import { isIPv4 } from 'node:net';
import type { SMTPTransportOptions } from 'nodemailer';

/** To another machine only over TLS, with a certificate that holds. */
export function smtpOptions(text: string): SMTPTransportOptions {
  const { protocol, hostname, port, username, password } = new URL(text);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const isHere = host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
  return {
    ...{ host, secure, port: port === '' ? (secure ? 465 : 587) : Number(port) },
    ...(isHere ? { ignoreTLS: true } : { requireTLS: true }),
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}
