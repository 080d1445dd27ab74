import type { CountConstraint, Stretch } from './count-line.js';

/** A bound and the publications that together give it. */
export interface Bound {
  readonly value: number;
  readonly sources: readonly number[];
}

/** Which publications may be used; undefined = all. */
export type Admitted = (source: number) => boolean;

interface Arc {
  readonly to: number;
  /** The record count at `to` exceeds that at the start by no more than this. */
  readonly slack: number;
  readonly sources: readonly number[];
}

/**
 * Bounds on any stretch of one line. Given record counts at the borders that agree with all constraints, the room
 * that each constraint leaves is never negative, so that shortest paths are found by Dijkstra's algorithm (Johnson
 * 1977); as they are short whole numbers, with one bucket a length (Dial 1969).
 */
export class LineSolver {
  readonly #at: readonly number[];
  readonly #arcs: readonly (readonly Arc[])[];
  /** Length of the shortest way found so far, in the search of this stamp. */
  readonly #room: Int32Array;
  readonly #stamps: Int32Array;
  #stamp = 0;
  readonly #cameBy: (Arc | undefined)[];
  readonly #cameFrom: Int32Array;

  /** @param at records before each border, agreeing with `constraints` */
  constructor(at: readonly number[], constraints: readonly CountConstraint[]) {
    this.#at = at;
    const arcs = at.map((): Arc[] => []);
    const add = (from: number, to: number, most: number, sources: readonly number[]): void => {
      arcs[from]?.push({ to, slack: most + (at[from] ?? 0) - (at[to] ?? 0), sources });
    };
    for (const { from, to, atLeast, atMost, sources } of constraints) {
      add(from, to, atMost, sources);
      add(to, from, -atLeast, sources);
    }
    for (let border = 1; border < at.length; border++) add(border, border - 1, 0, []);
    this.#arcs = arcs;
    this.#room = new Int32Array(at.length);
    this.#stamps = new Int32Array(at.length);
    this.#cameBy = new Array<Arc | undefined>(at.length);
    this.#cameFrom = new Int32Array(at.length);
  }

  /** A number of records that is possible. */
  possible({ from, to }: Stretch): number {
    return (this.#at[to] ?? 0) - (this.#at[from] ?? 0);
  }

  /** How many records there are at most; null when it is more than `limit` or the admitted publications do not tell. */
  atMost(stretch: Stretch, limit: number, admitted?: Admitted): Bound | null {
    const { from, to } = stretch;
    const here = this.possible(stretch);
    const room = this.#search(from, to, limit - here, admitted);
    return room === null ? null : { value: here + room, sources: this.#sourcesTo(to, from) };
  }

  /** How many records there are at least; zero when it is less than `limit`. */
  atLeast(stretch: Stretch, limit: number, admitted?: Admitted): Bound {
    const { from, to } = stretch;
    const here = this.possible(stretch);
    const room = this.#search(to, from, here - limit, admitted);
    if (room === null || here - room <= 0) return { value: 0, sources: [] };
    return { value: here - room, sources: this.#sourcesTo(from, to) };
  }

  #search(source: number, sink: number, limit: number, admitted: Admitted | undefined): number | null {
    if (limit < 0 || !Number.isFinite(limit)) return null;
    // What was reached in an earlier search carries an earlier stamp.
    this.#stamp += 1;
    this.#reach(source, 0);
    const buckets: number[][] = [[source]];
    for (let length = 0; length <= limit; length++) {
      for (const border of buckets[length] ?? []) {
        if (this.#room[border] !== length) continue;
        if (border === sink) return length;
        for (const arc of this.#arcs[border] ?? []) {
          const next = length + arc.slack;
          if (next > limit || (this.#stamps[arc.to] === this.#stamp && next >= (this.#room[arc.to] ?? 0)))
            continue;
          if (admitted !== undefined && !arc.sources.every(admitted)) continue;
          this.#reach(arc.to, next);
          this.#cameBy[arc.to] = arc;
          this.#cameFrom[arc.to] = border;
          (buckets[next] ??= []).push(arc.to);
        }
      }
    }
    return null;
  }

  #reach(border: number, length: number): void {
    this.#stamps[border] = this.#stamp;
    this.#room[border] = length;
  }

  #sourcesTo(sink: number, source: number): number[] {
    const sources = new Set<number>();
    for (let border = sink; border !== source; border = this.#cameFrom[border] ?? source) {
      for (const one of this.#cameBy[border]?.sources ?? []) sources.add(one);
    }
    return [...sources].sort((a, b) => a - b);
  }
}
