import { roundCount, roundedInterval } from '../count-interval.js';
import { cheapestPath } from './cheapest-path.js';
import type { PricedPath } from './cheapest-path.js';
import type { FlowNetwork } from './flow-network.js';
import { cellKey, cellsOf, countAt } from './table-for-release.js';
import type { CellRef, FrequencyTable } from './table-for-release.js';
import { tableNetwork } from './table-network.js';

export interface ProtectionOptions {
  /** What an outsider can infer of a suppressed cell is at least this wide: the cell floor, or more. */
  readonly widthMin: number;
  /** Counts that stay are published rounded to multiples of this; 1 = exact. */
  readonly countRounding: number;
}

/** A total tells more than a cell, and the grand total most: they are given up last. */
const priceOfTotal = 4;
/** Three cells beside the one to hide: several walks rarely come cheaper, so they are not looked for. */
const costOfRectangle = 4;
/** Outsiders may know that an empty cell must be empty: it hides nothing from them, so it is the last resort. */
const priceOfEmpty = 100;
/** Among equal numbers of new suppressions the shorter walk is taken. */
const priceOfStep = 1e-6;

/** Which cells hide which: arcs are numbered as in `cellsOf`, and the flow always stands at the true table. */
export class SuppressionPlan {
  readonly primary: ReadonlySet<number>;
  readonly complementary = new Set<number>();
  readonly #cells: readonly CellRef[];
  readonly #counts: readonly number[];
  readonly #prices: readonly number[];
  readonly #network: FlowNetwork;
  readonly #options: ProtectionOptions;
  /** Per complementary cell, the primary cells whose protection was found through it. */
  readonly #usedFor = new Map<number, Set<number>>();

  constructor(table: FrequencyTable, primary: readonly CellRef[], options: ProtectionOptions) {
    this.#cells = cellsOf(table);
    this.#counts = this.#cells.map((cell) => countAt(table, cell));
    const keys = new Set(primary.map(cellKey));
    this.primary = new Set(this.#cells.flatMap((cell, arc) => (keys.has(cellKey(cell)) ? [arc] : [])));
    this.#prices = this.#cells.map((cell, arc) => this.#priceOf(cell, this.#count(arc)));
    this.#options = options;
    this.#network = tableNetwork(table, (arc) => this.#roomAtTruth(arc));
  }

  /** Adds suppressions until every primary one is wide enough. The smallest counts, the hardest to hide, go first. */
  protectAll(): void {
    for (const arc of [...this.primary].sort((a, b) => this.#count(a) - this.#count(b)))
      this.#protect(arc, true);
  }

  /** Shows again what is not needed, the dearest first, and what can be inferred exactly: it hides nothing. */
  takeBack(): void {
    this.#takeBackUnneeded();
    for (const cell of this.complementary) {
      const isFixed = ([1, -1] as const).every(
        (sign) => this.#network.attempt(() => this.#network.stretch(cell, sign, 1)).result === 0,
      );
      if (!isFixed) continue;
      this.complementary.delete(cell);
      this.#network.setRoom(cell, this.#roomAtTruth(cell));
    }
  }

  #takeBackUnneeded(): void {
    for (const cell of [...this.complementary].sort((a, b) => this.#price(b) - this.#price(a))) {
      const dependents = [...(this.#usedFor.get(cell) ?? [])];
      this.complementary.delete(cell);
      this.#network.setRoom(cell, this.#roomAtTruth(cell));
      if (dependents.every((arc) => this.#protect(arc, false))) continue;
      this.complementary.add(cell);
      this.#network.setRoom(cell, this.#roomAtTruth(cell));
    }
  }

  /** Whether what can be inferred of the cell is wide enough; if not and if allowed, makes it so. */
  #protect(arc: number, mayExtend: boolean): boolean {
    const { widthMin } = this.#options;
    const network = this.#network;
    const down = network.attempt(() => network.stretch(arc, -1, Math.min(widthMin, this.#count(arc))));
    const up = network.attempt(() => {
      const width = down.result + network.stretch(arc, 1, widthMin - down.result);
      return mayExtend && width < widthMin ? this.#extend(arc, width) : width;
    });
    if (up.result < widthMin) return false;
    for (const cell of [...down.changed, ...up.changed]) {
      if (!this.complementary.has(cell)) continue;
      this.#usedFor.set(cell, (this.#usedFor.get(cell) ?? new Set()).add(arc));
    }
    return true;
  }

  /** Suppresses along the cheapest walks that let the cell's count rise. There is always one, through the totals. */
  #extend(arc: number, reached: number): number {
    let width = reached;
    while (width < this.#options.widthMin) {
      const needed = this.#options.widthMin - width;
      const path = this.#bestPath(arc, needed);
      if (path === null) return width;
      for (const step of path.steps) {
        if (this.#ownRoom(step.arc, step.sign) < path.room) this.#suppress(step.arc);
      }
      const amount = Math.min(needed, this.#network.roomOf(path.steps));
      this.#network.push([...path.steps, { arc, sign: 1 }], amount);
      width += amount;
    }
    return width;
  }

  /** One wide walk, or several narrow ones where they are cheaper even so. */
  #bestPath(arc: number, needed: number): (PricedPath & { readonly room: number }) | null {
    let best: (PricedPath & { readonly room: number }) | null = null;
    for (const room of new Set([needed, Math.ceil(needed / 2), 1])) {
      if (best !== null && best.cost < costOfRectangle) break;
      const [source, sink] = [this.#network.to(arc), this.#network.from(arc)];
      const path = cheapestPath(this.#network, source, sink, (step, sign) =>
        step === arc ? Infinity : this.#stepCost(step, sign, room),
      );
      if (path === null) continue;
      const cost = path.cost * Math.ceil(needed / room);
      if (best === null || cost < best.cost) best = { ...path, cost, room };
    }
    return best;
  }

  #stepCost(arc: number, sign: 1 | -1, room: number): number {
    if (this.#ownRoom(arc, sign) >= room) return priceOfStep;
    if (this.#isSuppressed(arc)) return Infinity;
    return sign === 1 || this.#fallIfSuppressed(arc) >= room ? this.#price(arc) : Infinity;
  }

  #ownRoom(arc: number, sign: 1 | -1): number {
    return sign === 1 ? this.#network.rise(arc) : this.#network.fall(arc);
  }

  #suppress(arc: number): void {
    const fall = this.#fallIfSuppressed(arc);
    this.complementary.add(arc);
    this.#network.setRoom(arc, { rise: Infinity, fall });
  }

  /** The flow may stand away from the truth already, within the rounding. */
  #fallIfSuppressed(arc: number): number {
    return this.#count(arc) + this.#network.fall(arc) - this.#roomAtTruth(arc).fall;
  }

  /** How far the count may be from the truth, for all that outsiders know. */
  #roomAtTruth(arc: number): { rise: number; fall: number } {
    const count = this.#count(arc);
    if (this.#isSuppressed(arc)) return { rise: Infinity, fall: count };
    const { countRounding } = this.#options;
    const { atLeast, atMost } = roundedInterval(roundCount(count, countRounding), countRounding);
    return { rise: atMost - count, fall: count - atLeast };
  }

  #isSuppressed(arc: number): boolean {
    return this.primary.has(arc) || this.complementary.has(arc);
  }

  #priceOf({ row, column }: CellRef, count: number): number {
    const total = (row === null ? priceOfTotal : 1) * (column === null ? priceOfTotal : 1);
    // Less is lost with a small count.
    return total + (count === 0 ? priceOfEmpty : 0) + count / (1 + this.#count(this.#counts.length - 1));
  }

  #price(arc: number): number {
    return this.#prices[arc] ?? Infinity;
  }

  #count(arc: number): number {
    return this.#counts[arc] ?? 0;
  }
}
