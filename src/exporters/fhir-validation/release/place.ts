import type { Finding } from '../finding.js';

/** Where a resource stands. */
export interface Place {
  readonly file: string;
  /** From 1; 1 too for a file that is one resource. */
  readonly line: number;
}

export interface PlacedFinding extends Finding, Place {}
