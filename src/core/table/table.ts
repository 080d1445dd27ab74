/** Missing flags, one bit a row: bit (row & 7) of byte (row >> 3) is 1 where the value is missing. */
export type MissingBitmap = Uint8Array;

/** Values at missing rows are unspecified; ask the bitmap first. */
export type Column =
  | { readonly kind: 'number'; readonly values: Float64Array; readonly missing: MissingBitmap }
  | {
      readonly kind: 'category';
      readonly codes: Int32Array;
      readonly dictionary: readonly string[];
      readonly missing: MissingBitmap;
    }
  /** Days since 1970-01-01. */
  | { readonly kind: 'date'; readonly values: Int32Array; readonly missing: MissingBitmap }
  /** Milliseconds since 1970-01-01T00:00Z. */
  | { readonly kind: 'datetime'; readonly values: Float64Array; readonly missing: MissingBitmap }
  /** Identifiers and free text: strings, so that 64-bit ids survive. */
  | { readonly kind: 'text'; readonly values: readonly string[]; readonly missing: MissingBitmap };

/** Typed columns of equal length; never an array of row objects. */
export interface Table {
  readonly rowCount: number;
  /** In column order. */
  readonly columns: ReadonlyMap<string, Column>;
}
