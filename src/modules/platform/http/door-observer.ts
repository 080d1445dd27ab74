/** What is turned away before any handler sees it: a query that asks for too much, or a body that is too large. */
export type TurnedAway = 'query' | 'body';

/** Is told of it. It must not throw, and nobody waits for it. */
export interface DoorObserver {
  turnedAway(what: TurnedAway, address: string, message: string): void;
}

export const DOOR_OBSERVER = Symbol('DoorObserver');
