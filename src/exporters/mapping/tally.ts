/** Why rows, or parts of them, did not come through. */
export type LeftOutReason =
  | 'person without birth'
  | 'death before birth'
  | 'second death'
  | 'row of no person'
  | 'encounter not found'
  | 'second encounter of its key'
  | 'before birth'
  | 'after death'
  | 'ends before it starts'
  | 'end brought to the death';

export type Verdict = 'mapped' | 'without' | 'not covered';

/** What became of the cells of one column at one place of the mapping. */
export interface ValueTally {
  readonly path: string;
  readonly table: string;
  readonly column: string;
  /** The value map, or null where a pattern decides. */
  readonly map: string | null;
  missing: number;
  readonly values: Map<string, { count: number; verdict: Verdict }>;
}

export interface EventTally {
  readonly path: string;
  readonly table: string;
  readonly kind: string;
  /** Of an exploded column. */
  readonly column: string | null;
  count: number;
}

/** Counts what the tables gave, while records are made; its size is that of the mapping and the different values. */
export class Tally {
  readonly values: ValueTally[] = [];
  readonly events: EventTally[] = [];
  readonly rules = new Map<string, Set<string>>();
  readonly #leftOut = new Map<string, Map<LeftOutReason, number>>();

  valuesAt(place: Pick<ValueTally, 'path' | 'table' | 'column' | 'map'>): ValueTally {
    const tally: ValueTally = { ...place, missing: 0, values: new Map() };
    this.values.push(tally);
    return tally;
  }

  eventsAt(place: Omit<EventTally, 'count'>): EventTally {
    const tally: EventTally = { ...place, count: 0 };
    this.events.push(tally);
    return tally;
  }

  ruleUsed(name: string, path: string): void {
    this.rules.set(name, (this.rules.get(name) ?? new Set()).add(path));
  }

  leaveOut(table: string, reason: LeftOutReason): void {
    const reasons = this.#leftOut.get(table) ?? new Map<LeftOutReason, number>();
    this.#leftOut.set(table, reasons.set(reason, (reasons.get(reason) ?? 0) + 1));
  }

  leftOut(): { table: string; reason: LeftOutReason; count: number }[] {
    return [...this.#leftOut].flatMap(([table, reasons]) =>
      [...reasons].map(([reason, count]) => ({ table, reason, count })),
    );
  }
}

/** Adds one cell. */
export function countValue({ values }: ValueTally, text: string, verdict: Verdict): void {
  const found = values.get(text);
  if (found) found.count += 1;
  else values.set(text, { count: 1, verdict });
}
