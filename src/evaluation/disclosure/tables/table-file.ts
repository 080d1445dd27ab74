import type { PublishedTable } from './published-table.js';
import type { FrequencyTable, MagnitudeTable } from './table-for-release.js';

interface OneTable {
  readonly name: string;
  /** What the one or two directions are called: a table and another one share the figures of shared dimensions. */
  readonly dimensions: readonly string[];
}

/** True counts, before anything is suppressed or rounded. */
export interface CountsFile extends OneTable {
  readonly kind: 'counts';
  readonly table: FrequencyTable;
}

/** As outsiders would see it, with its totals. */
interface PublishedFile extends OneTable {
  readonly kind: 'published';
  readonly table: PublishedTable;
}

/** True amounts, with what must be known of their contributors. */
export interface AmountsFile extends OneTable {
  readonly kind: 'amounts';
  readonly table: MagnitudeTable;
}

/** Fitted models, one a line. */
interface ModelsFile {
  readonly kind: 'models';
  readonly name: string;
  readonly models: readonly {
    readonly name: string;
    readonly observations: number;
    readonly parameters: number;
  }[];
}

export type TableFile = CountsFile | PublishedFile | AmountsFile | ModelsFile;

/** How many people are in each cell of a table of amounts. */
export function countsOf({ ways, rows, columns, cells }: MagnitudeTable): FrequencyTable {
  return { ways, rows, columns, counts: cells.map((line) => line.map(({ count }) => count)) };
}
