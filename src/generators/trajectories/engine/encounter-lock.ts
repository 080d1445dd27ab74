/** Nobody is in an encounter. */
export const free = -1;
/** The encounter that the calendar or the symptoms opened for this step. */
export const visitHolder = -2;

/** One person is in one encounter at a time: who holds it keeps all other modules from beginning their own. */
export class EncounterLock {
  /** The place of a module in the order, {@link free} or {@link visitHolder}. */
  holder = free;
  /** The row of the encounter that {@link visitHolder} stands for. */
  visit = -1;
  /** Whether chronic medications have been ordered again in this visit. */
  isRenewed = false;
}
