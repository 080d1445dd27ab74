import { onOneLine } from '../mail/index.js';
import type { Letter } from './letter-post.js';

const lengthMax = 200;
const line = (text: string): string => onOneLine(text, lengthMax);

interface Reference {
  readonly refereeName: string;
  readonly refereeEmail: string;
  readonly applicant: string;
  readonly institution: string;
  readonly release: string;
}

/** Asks a referee; the token is in this letter and nowhere else. */
export function referenceLetter(about: Reference, token: string, expiresAt: Date): Letter {
  return {
    to: { name: about.refereeName, address: about.refereeEmail },
    subject: 'You are asked for a reference',
    text: [
      `Dear ${line(about.refereeName)},`,
      `${line(about.applicant)} (${line(about.institution)}) asks for access to the synthetic dataset "${line(about.release)}" and has named you as referee.`,
      'If you know the applicant and the use they describe, say so; if not, refuse. You can answer once, with this token:',
      token,
      `It is for you alone and is valid until ${expiresAt.toISOString()}. It opens the application (refereeInvitation) and takes your answer (answerAsReferee).`,
    ].join('\n\n'),
  };
}

interface Reminder {
  readonly email: string;
  readonly release: string;
  readonly endsAt: Date | null;
  readonly noteDueAt: Date | null;
}

/** Before the end of a grant: when it ends. After it: that the note and the confirmation are missing. */
export function reminderLetter({ email, release, endsAt, noteDueAt }: Reminder): Letter {
  const to = { name: '', address: email };
  if (noteDueAt === null) {
    const text = `Your access to "${line(release)}" ends on ${endsAt?.toISOString() ?? ''}. Whoever needs it for longer applies again.`;
    return { to, subject: 'Your access ends soon', text };
  }
  const text = `Your access to "${line(release)}" has ended. What the data were used for (writeEndNote) and the destruction of the files (confirmFilesDestroyed) were due on ${noteDueAt.toISOString()}.`;
  return { to, subject: 'A note on the use of your data is overdue', text };
}
