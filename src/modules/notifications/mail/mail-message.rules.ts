/** A message to one person, in plain text. */
export interface MailMessage {
  /** The same in every delivery of one notification, without angle brackets. */
  readonly messageId: string;
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
}

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
const subjectLengthMax = 150;

/** Null when the address is none that a message may be sent to. `from` is the address of the sender. */
export function mailMessageOf({ id, at, sentence, title, to }: Told, from: string): MailMessage | null {
  if (!isPlainAddress(to.address)) return null;
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
  return {
    messageId: `${id}@${from.slice(from.lastIndexOf('@') + 1)}`,
    ...{ from, to: { name, address: to.address }, date: at },
    subject: onOneLine(sentence, subjectLengthMax),
    text: lines.join('\n'),
  };
}

/** What others wrote, as one line of visible characters: it cannot end a header, nor pass for a line of ours. */
export function onOneLine(text: string, lengthMax: number): string {
  const line = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const letters = Array.from(line);
  return letters.length <= lengthMax ? line : `${letters.slice(0, lengthMax - 1).join('')}…`;
}

/** One mailbox at one host, of letters that need no quoting in a header. */
export function isPlainAddress(address: string): boolean {
  return address.length <= 254 && /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}.-]+$/u.test(address);
}
