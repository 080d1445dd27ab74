import type { GowerSpace } from './gower.js';
import { gowerNearest } from './gower.js';

export interface LinkabilityAttack {
  readonly space: GowerSpace;
  /** What two parties know about the same person. */
  readonly known: readonly [readonly number[], readonly number[]];
  /** How many synthetic rows each party looks at. */
  readonly neighbours: number;
  readonly orders: readonly [Int32Array, Int32Array];
  readonly attacks: number;
}

/** Of the first `attacks` people, those whose two parts lead to a common synthetic row. */
export function linkedPeople({ space, known, neighbours, orders, attacks }: LinkabilityAttack): number {
  let linked = 0;
  for (let person = 0; person < attacks; person++) {
    const first = new Set(gowerNearest(space, person, known[0], neighbours, orders[0]));
    const second = gowerNearest(space, person, known[1], neighbours, orders[1]);
    if (second.some((row) => first.has(row))) linked++;
  }
  return linked;
}
