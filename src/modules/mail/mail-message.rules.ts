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

interface Letter {
  /** Of whatever it is sent for; the same in every attempt. */
  readonly id: string;
  readonly at: Date;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** Lines of our own; what others wrote in them has gone through `onOneLine`. */
  readonly text: string;
}

const nameLengthMax = 80;
const subjectLengthMax = 150;

/** Null when the address is none that a message may be sent to. `from` is the address of the sender. */
export function messageOf({ id, at, to, subject, text }: Letter, from: string): MailMessage | null {
  if (!isPlainAddress(to.address)) return null;
  return {
    messageId: `${id}@${from.slice(from.lastIndexOf('@') + 1)}`,
    ...{ from, to: { name: onOneLine(to.name, nameLengthMax), address: to.address }, date: at },
    subject: onOneLine(subject, subjectLengthMax),
    text,
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
