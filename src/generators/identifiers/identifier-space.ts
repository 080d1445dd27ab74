/** All values that an identifier can get, numbered. */
export interface IdentifierSpace {
  readonly size: bigint;
  /** The value of that number, 0 to size - 1; different numbers have different values. */
  at(index: bigint): string;
  /** True for every value of the space, whatever spaces and capitals it is written with; seldom for another. */
  mayHold(value: string): boolean;
}
