import type { CountInterval } from '../count-interval.js';

/** A stretch of the line, from one border to a later one. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Something published: so many people are on this stretch. `sources` are the publications that together say so. */
export interface CountConstraint extends Stretch, CountInterval {
  readonly sources: readonly number[];
}

/** What the cells are about; a border or category that no publication names has no cell of its own. */
export type LineCell =
  | { readonly kind: 'rows' | 'present' | 'missing' | 'unnamed' }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'category'; readonly value: string };

/**
 * All records of a source in a row, as one column sorts them: the missing ones first, then by value (or category by
 * category). Borders are numbered from 0; cell i lies between border i and i + 1, and cell 0 is the missing ones.
 * Whatever profiles publish of the column counts the records on some stretch, so that bounds on any other stretch are
 * shortest paths over the borders, and exact for whole numbers (a system of difference constraints; Bellman 1958).
 */
export interface CountLine {
  readonly cells: readonly LineCell[];
  readonly constraints: readonly CountConstraint[];
}

/** The border after the missing records. */
export const presentStart = 1;
