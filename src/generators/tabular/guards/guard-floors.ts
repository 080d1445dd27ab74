/** How many rows something needs before it may be learned; subjects, where these have several rows. */
export interface GuardFloors {
  /** Categories with fewer rows are pooled. */
  readonly categoryFloor: number;
  /** Numbers that fewer rows have are never copied but drawn between their neighbours. */
  readonly valueFloor: number;
  /** Rows at or beyond each bound of a numeric column. */
  readonly tailCount: number;
}

/** The floor of each guard is its minimum here: nobody can fit a weaker model. */
export const guardFloors = {
  categoryFloor: { default: 10, minimum: 10, maximum: 100_000 },
  valueFloor: { default: 10, minimum: 10, maximum: 100_000 },
  tailCount: { default: 10, minimum: 10, maximum: 100_000 },
} as const;
