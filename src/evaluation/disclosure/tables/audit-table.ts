import { roundedInterval } from '../count-interval.js';
import type { CountInterval } from '../count-interval.js';
import type { FlowNetwork } from './flow-network.js';
import type { PublishedTable } from './published-table.js';
import type { CellRef, TableShape } from './table-for-release.js';
import { nodeCount, tableNetwork } from './table-network.js';

/** What an outsider can work out of a suppressed cell; `atMost` is Infinity when nothing bounds it. */
export interface AuditedCell extends CellRef, CountInterval {}

/**
 * The exact range of every suppressed cell over all tables of whole numbers, zero or more, that agree with what is
 * published and with the rounding: what solving the table from its margins tells. Uses nothing but the published table.
 * Null when no table agrees with it. Covers one- and two-way tables; it does not know which cells can only be zero.
 */
export function auditTable(table: PublishedTable): AuditedCell[] | null {
  const starts = table.cells.map(({ value }): Start => ({
    value: value ?? 0,
    ...roomOf(value, table.countRounding),
  }));
  const network = feasibleFlow(table, starts);
  if (network === null) return null;
  return table.cells.flatMap(({ row, column, value }, arc) =>
    value === null ? [{ row, column, ...rangeOf(network, arc, 0) }] : [],
  );
}

/**
 * The exact range of every figure, in the order of `cellsOf`, when each is known to lie in an interval: what the sums
 * of one table add to what is known of it from elsewhere. Null when no table agrees.
 */
export function rangesWithin(shape: TableShape, known: readonly CountInterval[]): CountInterval[] | null {
  if (known.some(({ atLeast, atMost }) => atLeast > atMost)) return null;
  const starts = known.map(({ atLeast, atMost }): Start => ({
    value: atLeast,
    rise: atMost - atLeast,
    fall: 0,
  }));
  const network = feasibleFlow(shape, starts);
  return network && known.map(({ atLeast }, arc) => rangeOf(network, arc, atLeast));
}

function rangeOf(network: FlowNetwork, arc: number, start: number): CountInterval {
  const up = network.stretch(arc, 1, Infinity);
  const atMost = up === Infinity ? Infinity : start + network.fall(arc);
  network.stretch(arc, -1, Infinity);
  return { atLeast: start + network.fall(arc), atMost };
}

interface Start {
  readonly value: number;
  readonly rise: number;
  readonly fall: number;
}

/**
 * A table that agrees with what is published, found as a flow: figures start as they are published, and what the sums
 * then lack or have too much is sent from two extra nodes.
 */
function feasibleFlow(table: TableShape, starts: readonly Start[]): FlowNetwork | null {
  const network = tableNetwork(table, (arc) => starts[arc] ?? { rise: 0, fall: 0 }, 2);
  const [source, sink] = [nodeCount(table), nodeCount(table) + 1];
  const surplus = new Array<number>(source).fill(0);
  for (const [arc, { value }] of starts.entries()) {
    const [from, to] = [network.from(arc), network.to(arc)];
    surplus[from] = (surplus[from] ?? 0) - value;
    surplus[to] = (surplus[to] ?? 0) + value;
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
