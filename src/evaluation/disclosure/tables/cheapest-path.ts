import type { FlowNetwork, Step } from './flow-network.js';

/** What a path pays to change an arc up (1) or down (-1); Infinity = not to be used. */
export type StepCost = (arc: number, sign: 1 | -1) => number;

export interface PricedPath {
  readonly steps: readonly Step[];
  readonly cost: number;
}

/** Dijkstra's algorithm, in the plain form that suits a dense network of few nodes. Null when there is no way. */
export function cheapestPath(
  network: FlowNetwork,
  source: number,
  sink: number,
  costOf: StepCost,
): PricedPath | null {
  const cost = new Float64Array(network.nodeCount).fill(Infinity);
  const done = new Uint8Array(network.nodeCount);
  const cameBy = new Array<Step | undefined>(network.nodeCount);
  cost[source] = 0;
  for (;;) {
    const node = cheapestOpen(cost, done);
    if (node === null) return null;
    const paid = cost[node] ?? Infinity;
    if (node === sink) return { steps: network.trace({ cameBy, source, sink }), cost: paid };
    done[node] = 1;
    for (const arc of network.arcsAt(node)) {
      const sign = network.from(arc) === node ? 1 : -1;
      const next = sign === 1 ? network.to(arc) : network.from(arc);
      if (done[next] === 1) continue;
      const total = paid + costOf(arc, sign);
      if (total < (cost[next] ?? Infinity)) {
        cost[next] = total;
        cameBy[next] = { arc, sign };
      }
    }
  }
}

function cheapestOpen(cost: Float64Array, done: Uint8Array): number | null {
  let best: number | null = null;
  for (let node = 0; node < cost.length; node++) {
    const price = cost[node] ?? Infinity;
    if (done[node] === 0 && price < (best === null ? Infinity : (cost[best] ?? Infinity))) best = node;
  }
  return best;
}
