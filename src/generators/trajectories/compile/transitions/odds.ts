import type { AddWay, Next, Odds } from '../../engine/machine.js';

/** A transition, and its odds; null where they depend on what nobody announces. */
export interface Transition {
  readonly next: Next;
  readonly odds: Odds | null;
}

const never = (): number => Infinity;

export function oddsOf(
  targets: readonly number[],
  spread: Odds['spread'],
  rest: Partial<Pick<Odds, 'changesAt' | 'attributes' | 'codes'>> = {},
): Odds {
  return { targets, spread, changesAt: never, attributes: [], codes: [], ...rest };
}

/** The chances of a weighted choice by running sums: what lies above 1 is cut off, what is short of it is the last one's. */
export function spreadChoice(
  cumulative: ArrayLike<number>,
  targets: readonly number[],
  share: number,
  add: AddWay,
): void {
  const last = targets.length - 1;
  let taken = 0;
  for (let option = 0; option < last; option += 1) {
    const upTo = Math.min(1, cumulative[option] ?? 0);
    if (upTo <= taken) continue;
    add(targets[option] ?? 0, share * (upTo - taken));
    taken = upTo;
  }
  if (taken < 1) add(targets[last] ?? 0, share * (1 - taken));
}

/** The earliest of what several parts wait for. */
export function earliest(parts: readonly Pick<Odds, 'changesAt'>[]): Odds['changesAt'] {
  return (frame, time) => {
    let first = Infinity;
    for (const { changesAt } of parts) first = Math.min(first, changesAt(frame, time));
    return first;
  };
}
