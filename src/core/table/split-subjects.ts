import { createHash } from 'node:crypto';

/** Places of rows, ascending. No subject has rows on both sides. */
export interface SubjectSplit {
  readonly train: Int32Array;
  readonly holdout: Int32Array;
}

/**
 * Half of the subjects to learn from and half to compare with; of an odd number the first half has one more. Which
 * is which follows from `salt` alone and not from the order of the rows, so a source has one split for ever.
 * @param subjects the subject of each row; null: the row is a subject of its own
 */
export function splitSubjects(subjects: readonly (string | null)[], salt: string): SubjectSplit {
  const keys = subjects.map((subject, row) => (subject === null ? `row ${row}` : `subject ${subject}`));
  const ranked = [...new Set(keys)]
    .map((key) => ({ key, rank: createHash('sha256').update(`${salt}\0${key}`).digest('hex') }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1));
  const learned = new Set(ranked.slice(0, Math.ceil(ranked.length / 2)).map(({ key }) => key));
  const rows = keys.map((key, row) => ({ row, isLearned: learned.has(key) }));
  const places = (wanted: boolean): Int32Array =>
    Int32Array.from(rows.filter(({ isLearned }) => isLearned === wanted).map(({ row }) => row));
  return { train: places(true), holdout: places(false) };
}
