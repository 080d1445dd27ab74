import { type MailMessage, messageOf, onOneLine } from '../mail/index.js';

interface Told {
  /** Of the notification. */
  readonly id: string;
  readonly at: Date;
  /** What happened, in our own words. */
  readonly sentence: string;
  /** Of the request, in the words of its requester; null for what has none. */
  readonly title: string | null;
  readonly to: { readonly name: string; readonly address: string };
}

const nameLengthMax = 80;
const titleLengthMax = 200;

/** Null when the address is none that a message may be sent to. `from` is the address of the sender. */
export function mailMessageOf({ id, at, sentence, title, to }: Told, from: string): MailMessage | null {
  const name = onOneLine(to.name, nameLengthMax);
  const lines = [
    `Dear ${name},`,
    '',
    sentence,
    ...(title === null ? [] : ['', `Title: ${onOneLine(title, titleLengthMax)}`]),
    '',
    'Sign in to picketfence to see it. Answers to this message are not read.',
    '',
  ];
  return messageOf({ id, at, to, subject: sentence, text: lines.join('\n') }, from);
}
