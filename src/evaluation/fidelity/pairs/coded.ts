/** A variable as codes 0 to `size` - 1, missing cells having a code of their own; alike in both tables. */
export interface Coded {
  readonly codes: Int32Array;
  readonly size: number;
}
