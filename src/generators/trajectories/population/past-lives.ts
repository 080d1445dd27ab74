import type { Trajectory } from '../simulate-person.js';

/** One life of a place that was kept, and what shows that a life is the same one. */
export interface PastLife {
  /** The number of the try that it came from. */
  readonly attempt: number;
  /** Encounters that had begun by then. */
  readonly encounters: number;
  /** The moment of death, if it had come by then. */
  readonly death: number | null;
}

/** The people of an earlier run, who are to be followed further: who lives on is no longer chosen. */
export interface PastLives {
  /** When they were chosen; what had happened by `until` is known. */
  readonly chosenAt: number;
  readonly until: number;
  /** By place. */
  readonly lives: readonly (readonly PastLife[])[];
}

/** A life is not the one it was: modules, demographics or the program have changed since. */
export class OtherPastError extends Error {
  override readonly name = 'OtherPastError';

  constructor(place: number) {
    super(
      `Person ${place + 1} did not live as the snapshot says: the program or what it is given is not what it was.`,
    );
  }
}

/** What is kept of a life that has been simulated to `until`, or beyond. */
export function pastLife({ person, record }: Trajectory, attempt: number, until: number): PastLife {
  let encounters = 0;
  const { start, count } = record.encounters;
  for (let row = 0; row < count; row += 1) if (start.at(row) < until) encounters += 1;
  return { attempt, encounters, death: person.death < until ? person.death : null };
}

export function isSameLife(one: PastLife, other: PastLife): boolean {
  return one.attempt === other.attempt && one.encounters === other.encounters && one.death === other.death;
}
