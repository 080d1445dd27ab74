/** One step of a path: the arc, and whether its flow rises (1) or falls (-1). */
export interface Step {
  readonly arc: number;
  readonly sign: 1 | -1;
}

interface Traced {
  readonly cameBy: readonly (Step | undefined)[];
  readonly source: number;
  readonly sink: number;
}

/**
 * Directed arcs that carry whole numbers between bounds. As every node passes on what it gets, a change of flow along
 * a closed walk leaves all sums as they are: that is what an outsider cannot tell apart.
 */
export class FlowNetwork {
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #rise: number[] = [];
  readonly #fall: number[] = [];
  /** By node, the arcs that have room. A fixed arc carries no change: leaving it out keeps large tables cheap. */
  readonly #openAt: number[][];
  readonly #arcsAt: number[][];
  #changes: { readonly arc: number; readonly by: number }[] | null = null;

  constructor(nodeCount: number) {
    this.#openAt = Array.from({ length: nodeCount }, () => []);
    this.#arcsAt = Array.from({ length: nodeCount }, () => []);
  }

  /** @returns the arc's number, counted from 0. `rise` and `fall` are how far its flow may change. */
  addArc(from: number, to: number, room: { readonly rise: number; readonly fall: number }): number {
    const arc = this.#from.length;
    this.#from.push(from);
    this.#to.push(to);
    this.#rise.push(0);
    this.#fall.push(0);
    this.#arcsAt[from]?.push(arc);
    this.#arcsAt[to]?.push(arc);
    this.setRoom(arc, room);
    return arc;
  }

  setRoom(arc: number, { rise, fall }: { readonly rise: number; readonly fall: number }): void {
    const [from, to] = [this.#openAt[this.from(arc)], this.#openAt[this.to(arc)]];
    if (from?.includes(arc) !== true && (rise > 0 || fall > 0)) {
      from?.push(arc);
      to?.push(arc);
    }
    this.#rise[arc] = rise;
    this.#fall[arc] = fall;
  }

  rise(arc: number): number {
    return this.#rise[arc] ?? 0;
  }

  fall(arc: number): number {
    return this.#fall[arc] ?? 0;
  }

  from(arc: number): number {
    return this.#from[arc] ?? 0;
  }

  to(arc: number): number {
    return this.#to[arc] ?? 0;
  }

  /** Changes the flow along the steps by `amount`. */
  push(steps: readonly Step[], amount: number): void {
    for (const { arc, sign } of steps) {
      this.#shift(arc, sign * amount);
      this.#changes?.push({ arc, by: sign * amount });
    }
  }

  /** Does something to the flow, undoes it, and tells which arcs it had changed. */
  attempt<Result>(action: () => Result): { readonly result: Result; readonly changed: ReadonlySet<number> } {
    const changes: { readonly arc: number; readonly by: number }[] = [];
    this.#changes = changes;
    const result = action();
    this.#changes = null;
    for (const { arc, by } of changes) this.#shift(arc, -by);
    return { result, changed: new Set(changes.map(({ arc }) => arc)) };
  }

  /**
   * How much more of `arc` is possible (sign 1) or less (-1), up to `limit`: the largest flow back from its one end to
   * its other through all other arcs, by shortest augmenting paths (Edmonds and Karp 1972). Applies the change,
   * unless it is endless.
   */
  stretch(arc: number, sign: 1 | -1, limit: number): number {
    const [source, sink] = sign === 1 ? [this.to(arc), this.from(arc)] : [this.from(arc), this.to(arc)];
    const own = Math.min(limit, sign === 1 ? this.rise(arc) : this.fall(arc));
    let moved = 0;
    while (moved < own) {
      const steps = this.shortestPath(source, sink, arc);
      if (steps === null) break;
      const amount = Math.min(own - moved, this.roomOf(steps));
      if (amount === Infinity) return Infinity;
      this.push(steps, amount);
      this.push([{ arc, sign }], amount);
      moved += amount;
    }
    return moved;
  }

  roomOf(steps: readonly Step[]): number {
    return steps.reduce((least, { arc, sign }) => Math.min(least, this.#room(arc, sign)), Infinity);
  }

  /**
   * Breadth first; null when there is no way. A node with an arc into the sink ends the search at once: in a dense
   * table that is nearly the first one seen.
   */
  shortestPath(source: number, sink: number, without: number): Step[] | null {
    const lastStep = this.#stepsInto(sink, without);
    const cameBy = new Array<Step | undefined>(this.nodeCount);
    const seen = new Uint8Array(this.nodeCount);
    seen[source] = 1;
    const queue = [source];
    for (const node of queue) {
      const last = lastStep[node];
      if (last !== undefined) return this.trace({ cameBy, source, sink: node }).concat(last);
      for (const arc of this.#openAt[node] ?? []) {
        const isOut = this.#from[arc] === node;
        const next = (isOut ? this.#to[arc] : this.#from[arc]) ?? 0;
        if (seen[next] === 1) continue;
        const room = (isOut ? this.#rise[arc] : this.#fall[arc]) ?? 0;
        if (room <= 0 || arc === without) continue;
        seen[next] = 1;
        cameBy[next] = { arc, sign: isOut ? 1 : -1 };
        if (lastStep[next] === undefined) queue.push(next);
        else return this.trace({ cameBy, source, sink: next }).concat(lastStep[next]);
      }
    }
    return null;
  }

  /** By node, a step with room that leads from it into the sink. */
  #stepsInto(sink: number, without: number): (Step | undefined)[] {
    const steps = new Array<Step | undefined>(this.nodeCount);
    for (const arc of this.#openAt[sink] ?? []) {
      const sign = this.to(arc) === sink ? 1 : -1;
      if (arc === without || this.#room(arc, sign) <= 0) continue;
      steps[sign === 1 ? this.from(arc) : this.to(arc)] = { arc, sign };
    }
    return steps;
  }

  /** Every arc that leaves or enters the node, those without room too. */
  arcsAt(node: number): readonly number[] {
    return this.#arcsAt[node] ?? [];
  }

  get nodeCount(): number {
    return this.#arcsAt.length;
  }

  /** The steps from source to sink, given by which step each node was reached. */
  trace({ cameBy, source, sink }: Traced): Step[] {
    const steps: Step[] = [];
    for (let node = sink; node !== source;) {
      const step = cameBy[node];
      if (step === undefined) break;
      steps.push(step);
      node = step.sign === 1 ? this.from(step.arc) : this.to(step.arc);
    }
    return steps.reverse();
  }

  #shift(arc: number, by: number): void {
    this.#rise[arc] = this.rise(arc) - by;
    this.#fall[arc] = this.fall(arc) + by;
  }

  #room(arc: number, sign: 1 | -1): number {
    return sign === 1 ? this.rise(arc) : this.fall(arc);
  }
}
