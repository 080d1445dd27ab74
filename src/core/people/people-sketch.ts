/**
 * The smallest different hashes of a set, ascending: a sample of it that any other sketch of the same key samples
 * alike (bottom-k; Cohen and Kaplan, PODC 2007).
 */
export interface PeopleSketch {
  readonly hashes: Float64Array;
  /** Every member of the set is in it: the set had no more than fit. */
  readonly isWhole: boolean;
}

/** Enough for all subjects of a small extract, and for shares of a few per cent between large ones; 512 KB. */
export const sketchSize = 65_536;

/** Takes hashes in any order, as often as they come, in memory that does not grow with them. */
export class SketchBuilder {
  private kept: number[] = [];
  private isCut = false;

  add(hash: number): void {
    this.kept.push(hash);
    if (this.kept.length >= 4 * sketchSize) this.settle();
  }

  finish(): PeopleSketch {
    this.settle();
    return { hashes: Float64Array.from(this.kept), isWhole: !this.isCut };
  }

  private settle(): void {
    const sorted = Float64Array.from(new Set(this.kept)).sort();
    this.isCut ||= sorted.length > sketchSize;
    this.kept = [...sorted.subarray(0, sketchSize)];
  }
}

/** What two sets have in common, by what of both is in their samples. */
export interface SketchOverlap {
  /** Members in both samples. */
  readonly shared: number;
  /** Of the smaller set, from 0 to 1: the part of it that is in the other one. */
  readonly share: number;
}

/** @param one of the same key as `other` */
export function overlapOf(one: PeopleSketch, other: PeopleSketch): SketchOverlap {
  const limit = Math.min(largestOf(one), largestOf(other));
  const [mine, theirs] = [upTo(one.hashes, limit), upTo(other.hashes, limit)];
  const smaller = Math.min(mine.length, theirs.length);
  const shared = countShared(mine, theirs);
  return { shared, share: smaller === 0 ? 0 : shared / smaller };
}

/** Up to here the sketch holds everybody. */
const largestOf = ({ hashes, isWhole }: PeopleSketch): number =>
  isWhole ? Infinity : (hashes.at(-1) ?? Infinity);

function upTo(hashes: Float64Array, limit: number): Float64Array {
  const end = hashes.findIndex((hash) => hash > limit);
  return end === -1 ? hashes : hashes.subarray(0, end);
}

function countShared(one: Float64Array, other: Float64Array): number {
  let [at, shared] = [0, 0];
  for (const hash of one) {
    while (at < other.length && (other[at] ?? 0) < hash) at += 1;
    if (other[at] === hash) shared += 1;
  }
  return shared;
}
