import type { LedgerEntry } from '../../../core/privacy/ledger-entry.js';
import type { SemanticType } from '../../../core/schema/schema.js';
import type { FittedModel } from '../../generator.js';
import type { PublicDomain } from '../domain/public-domain.js';

/** Columns made one after the other, each from a table of shares given some of those before it. */
export interface NetworkModel extends FittedModel {
  readonly version: string;
  readonly parameters: object;
  /** The columns in the order of the schema. */
  readonly names: readonly string[];
  /** In the order they are made. */
  readonly columns: readonly NetworkColumn[];
  /** What learning it has cost; the model holds nothing of the rows that is not paid for here. */
  readonly spent: readonly LedgerEntry[];
}

export interface NetworkColumn {
  readonly name: string;
  readonly type: SemanticType;
  readonly domain: PublicDomain;
  readonly groups: CellGroups;
  /** Places in `columns`, all before this one. */
  readonly parents: readonly number[];
  /**
   * For each combination of the parents' groups (that of the first parent slowest) the shares of this column's groups
   * up to and with each, ascending to above 0.
   */
  readonly cumulative: Float64Array;
}

/** Cells of a domain that are told apart no further than by these shares. A cell of no group never comes out. */
export interface CellGroups {
  /** The cells of group i are those from `starts[i]` to `starts[i + 1] - 1` of `cells`. */
  readonly starts: Int32Array;
  readonly cells: Int32Array;
  /** Shares up to and with this cell, counted anew in each group, ascending to above 0. */
  readonly cumulative: Float64Array;
}

export function groupCount({ starts }: CellGroups): number {
  return starts.length - 1;
}

/** Each cell a group of its own. */
export function singleCells(count: number): CellGroups {
  return {
    starts: Int32Array.from({ length: count + 1 }, (_, group) => group),
    cells: Int32Array.from({ length: count }, (_, cell) => cell),
    cumulative: new Float64Array(count).fill(1),
  };
}

/** The running sums of each row of `width` weights; a row without any weight gets equal ones. */
export function cumulativeRows(weights: Float64Array, width: number): Float64Array {
  const cumulative = new Float64Array(weights.length);
  for (let start = 0; start < weights.length; start += width) {
    let sum = 0;
    for (let at = start; at < start + width; at += 1) sum += weights[at] ?? 0;
    const isEmpty = !(sum > 0);
    let running = 0;
    for (let at = start; at < start + width; at += 1) {
      running += isEmpty ? 1 : (weights[at] ?? 0) / sum;
      cumulative[at] = running;
    }
  }
  return cumulative;
}
