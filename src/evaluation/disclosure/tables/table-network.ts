import { FlowNetwork } from './flow-network.js';
import { cellsOf } from './table-for-release.js';
import type { CellRef, TableShape } from './table-for-release.js';

interface Room {
  readonly rise: number;
  readonly fall: number;
}

/**
 * A table with its margins as a network whose arcs are the figures, in the order of `cellsOf`: every sum of the table
 * is a node that passes on what it gets (grand total -> row totals -> cells -> column totals -> grand total). All
 * that an outsider can infer in a one- or two-way table is a question of flow, and whole numbers come out exact
 * (Cox 1995, Network models for complementary cell suppression; Fischetti and Salazar 2001).
 */
export function tableNetwork(
  shape: TableShape,
  roomOf: (index: number) => Room,
  extraNodes = 0,
): FlowNetwork {
  const nodes = nodeCount(shape);
  const network = new FlowNetwork(nodes + extraNodes);
  for (const [index, cell] of cellsOf(shape).entries()) {
    const [from, to] = endsOf(shape, cell);
    network.addArc(from, to, roomOf(index));
  }
  return network;
}

/** Rows, columns, then the node between grand total and row totals, and the one that column totals flow into. */
export function nodeCount({ rows, columns }: TableShape): number {
  return rows.length + columns.length + 2;
}

function endsOf({ ways, rows, columns }: TableShape, { row, column }: CellRef): [number, number] {
  const top = rows.length + columns.length;
  const bottom = top + 1;
  // A one-way table has one row, and its only sum is the grand total.
  if (ways === 1) return column === null ? [bottom, 0] : [0, bottom];
  if (row === null && column === null) return [bottom, top];
  if (row === null) return [rows.length + (column ?? 0), bottom];
  if (column === null) return [top, row];
  return [row, rows.length + column];
}
