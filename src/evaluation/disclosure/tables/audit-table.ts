import { roundedInterval } from '../count-interval.js';
import type { CountInterval } from '../count-interval.js';
import type { FlowNetwork } from './flow-network.js';
import type { PublishedTable } from './published-table.js';
import type { CellRef } from './table-for-release.js';
import { nodeCount, tableNetwork } from './table-network.js';

/** What an outsider can work out of a suppressed cell; `atMost` is Infinity when nothing bounds it. */
export interface AuditedCell extends CellRef, CountInterval {}

/**
 * The exact range of every suppressed cell over all tables of whole numbers, zero or more, that agree with what is
 * published and with the rounding: what solving the table from its margins tells. Uses nothing but the published table.
 * Null when no table agrees with it. Covers one- and two-way tables; it does not know which cells can only be zero.
 */
export function auditTable(table: PublishedTable): AuditedCell[] | null {
  const network = feasibleFlow(table);
  if (network === null) return null;
  return table.cells.flatMap(({ row, column, value }, arc) => {
    if (value !== null) return [];
    const up = network.stretch(arc, 1, Infinity);
    const atMost = up === Infinity ? Infinity : network.fall(arc);
    network.stretch(arc, -1, Infinity);
    return [{ row, column, atLeast: network.fall(arc), atMost }];
  });
}

/**
 * A table that agrees with what is published, found as a flow: figures start as they are published, and what the sums
 * then lack or have too much is sent from two extra nodes. The `fall` of a suppressed cell is its value.
 */
function feasibleFlow(table: PublishedTable): FlowNetwork | null {
  const { cells, countRounding } = table;
  const network = tableNetwork(table, (arc) => roomOf(cells[arc]?.value ?? null, countRounding), 2);
  const [source, sink] = [nodeCount(table), nodeCount(table) + 1];
  const surplus = new Array<number>(source).fill(0);
  for (const [arc, { value }] of cells.entries()) {
    const [from, to] = [network.from(arc), network.to(arc)];
    surplus[from] = (surplus[from] ?? 0) - (value ?? 0);
    surplus[to] = (surplus[to] ?? 0) + (value ?? 0);
  }
  let needed = 0;
  const helpers: number[] = [];
  for (const [node, more] of surplus.entries()) {
    if (more > 0) helpers.push(network.addArc(source, node, { rise: more, fall: 0 }));
    if (more < 0) helpers.push(network.addArc(node, sink, { rise: -more, fall: 0 }));
    needed += Math.max(0, more);
  }
  const back = network.addArc(sink, source, { rise: needed, fall: 0 });
  if (network.stretch(back, 1, needed) < needed) return null;
  for (const arc of [...helpers, back]) network.setRoom(arc, { rise: 0, fall: 0 });
  return network;
}

function roomOf(value: number | null, countRounding: number): { rise: number; fall: number } {
  if (value === null) return { rise: Infinity, fall: 0 };
  const { atLeast, atMost } = roundedInterval(value, countRounding);
  return { rise: atMost - value, fall: value - atLeast };
}
