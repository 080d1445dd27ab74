import { createTransport, type SendMailOptions, type SMTPTransportOptions } from 'nodemailer';
import { MailFolder } from './mail-folder.js';
import { smtpOptions } from './smtp-options.js';
import type { MailMessage } from './mail-message.rules.js';

/** What came of one attempt to send. */
type MailOutcome =
  | { readonly kind: 'sent' }
  /** `final`: trying again would end the same way. */
  | { readonly kind: 'failed'; readonly problem: string; readonly final: boolean };

export interface MailSender {
  send(message: MailMessage): Promise<MailOutcome>;
}

export const MAIL_SENDER = Symbol('MailSender');

/** Shorter together than a worker waits when it is told to stop. */
const timeouts = { connectionTimeout: 3000, greetingTimeout: 3000, socketTimeout: 6000, dnsTimeout: 3000 };

/** Without a server, messages are files. */
export function mailSenderFor(smtpUrl: string | undefined, folder: string): MailSender {
  return smtpUrl === undefined ? new FolderSender(new MailFolder(folder)) : new SmtpSender(smtpUrl);
}

class SmtpSender implements MailSender {
  private readonly options: SMTPTransportOptions;

  constructor(url: string) {
    this.options = { ...smtpOptions(url), ...timeouts };
  }

  async send(message: MailMessage): Promise<MailOutcome> {
    const transport = createTransport(this.options);
    try {
      await transport.sendMail(toOptions(message));
      return { kind: 'sent' };
    } catch (error) {
      return failureOf(error);
    } finally {
      transport.close();
    }
  }
}

class FolderSender implements MailSender {
  constructor(private readonly folder: MailFolder) {}

  async send(message: MailMessage): Promise<MailOutcome> {
    const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
    const { message: bytes } = await transport.sendMail(toOptions(message));
    if (!Buffer.isBuffer(bytes)) throw new Error('The message was not composed.');
    await this.folder.keep(message.messageId, bytes);
    return { kind: 'sent' };
  }
}

/** No attachments, no HTML, nothing read from disk or network; the same bytes for the same message. */
function toOptions({ messageId, from, to, subject, text, date }: MailMessage): SendMailOptions {
  return {
    ...{ from, to, subject, text, date, messageId: `<${messageId}>` },
    envelope: { from, to: [to.address] },
    textEncoding: 'quoted-printable',
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  };
}

/** In our words: what the server says may name people. */
function failureOf(error: unknown): MailOutcome {
  const { responseCode, code } = error as { readonly responseCode?: unknown; readonly code?: unknown };
  if (typeof responseCode === 'number') {
    const problem = `The mail server answered ${responseCode}.`;
    return { kind: 'failed', problem, final: responseCode >= 500 };
  }
  const what = typeof code === 'string' ? ` (${code})` : '';
  return { kind: 'failed', problem: `The mail server could not be reached${what}.`, final: false };
}
