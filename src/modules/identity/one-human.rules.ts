import { normalEmail } from '../../core/text/email-address.js';

/** Somebody with a part in something. */
export interface Participant {
  /** The part, such as "requester". */
  readonly part: string;
  /** Null: they have no account. */
  readonly personId: string | null;
  readonly name: string;
  readonly emails: readonly string[];
}

/** Why two participants may be one human. */
export interface Likeness {
  readonly parts: readonly [string, string];
  readonly basis: 'ADDRESS' | 'MAILBOX_NAME' | 'NAME';
}

const titles = new Set(['dr', 'prof', 'professor', 'mr', 'mrs', 'ms', 'miss', 'mx', 'sir', 'dame']);
/** Shorter mailbox names are those of many: "info", "ann". */
const mailboxLengthMin = 6;

/** Of two accounts or addresses that rules take for two people, those that a person should look at. */
export function likenesses(participants: readonly Participant[]): Likeness[] {
  return participants.flatMap((one, index) =>
    participants.slice(index + 1).flatMap((other) => {
      if (one.personId !== null && one.personId === other.personId) return [];
      const basis = basisOf(one, other);
      return basis ? [{ parts: [one.part, other.part] as const, basis }] : [];
    }),
  );
}

function basisOf(one: Participant, other: Participant): Likeness['basis'] | null {
  const share = (of: (email: string) => string | null): boolean => {
    const mine = new Set(one.emails.map(of));
    return other.emails.map(of).some((value) => value !== null && mine.has(value));
  };
  if (share(normalEmail)) return 'ADDRESS';
  if (share(mailboxName)) return 'MAILBOX_NAME';
  const name = plainName(one.name);
  return name !== null && name === plainName(other.name) ? 'NAME' : null;
}

/** Before the @, as people carry it from one provider to another. */
function mailboxName(email: string): string | null {
  const name = (normalEmail(email).split('@')[0] ?? '').replace(/[._-]/gu, '');
  return name.length < mailboxLengthMin ? null : name;
}

/** Without titles, accents, case and order; null of a single word, which many have. */
function plainName(name: string): string | null {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !titles.has(word));
  return words.length < 2 ? null : words.sort().join(' ');
}
