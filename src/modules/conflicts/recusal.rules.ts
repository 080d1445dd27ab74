import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { refuseWords } from '../platform/refusal/refuse-words.js';

/** What is judged once, for many requests: a mechanism or a profile. Ids are of persons. */
export interface Judged {
  /** Who asked for it, or registered it. */
  readonly askedById: string;
  readonly recusedIds: readonly string[];
  /** Nothing is decided on it any more. */
  readonly isOver: boolean;
}

/** May this person declare a conflict of interest in it? */
export function refuseRecusal(personId: string, statement: string, judged: Judged): Refusal | null {
  const unsaid = refuseWords(statement, (bounds) => `Say in ${bounds} what it is.`, 'statement');
  if (unsaid) return unsaid;
  if (judged.askedById === personId) {
    return refusal(
      'OWN_REQUEST',
      'You asked for it yourself: you decide nothing on it that you could leave.',
    );
  }
  if (judged.isOver) return refusal('WRONG_STATE', 'There is nothing left to decide on it.');
  if (!judged.recusedIds.includes(personId)) return null;
  return refusal('ALREADY_DECIDED', 'You have declared a conflict of interest in it already.');
}
