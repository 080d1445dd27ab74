/** Cells that are told apart as one, drawn by their weights. */
export interface WeightedCells {
  readonly cells: readonly number[];
  /** By cell; their sum is the rows. */
  readonly weights: readonly number[];
}

interface Piece {
  readonly cells: readonly number[];
  readonly rows: number;
}

/**
 * Neighbouring cells of a number as groups of about `part` rows. Within a group no cell is told apart that fewer than
 * `floor` rows have: they are spread evenly over stretches of so many rows.
 * @param counts rows of each cell; at least `floor` together
 * @param order the cells in the order of their values
 */
export function groupNumbers(
  counts: Int32Array,
  order: ArrayLike<number>,
  { part, floor }: { readonly part: number; readonly floor: number },
): WeightedCells[] {
  const groups: Piece[][] = [];
  let open: Piece[] = [];
  let rows = 0;
  const close = (): void => {
    if (open.length > 0) groups.push(open);
    open = [];
    rows = 0;
  };
  for (const piece of pieces(counts, order, floor)) {
    if (piece.rows >= part) close();
    open.push(piece);
    rows += piece.rows;
    if (rows >= part) close();
  }
  close();
  return groups.map((group) => ({
    cells: group.flatMap(({ cells }) => cells),
    weights: group.flatMap((piece) => piece.cells.map(() => piece.rows / piece.cells.length)),
  }));
}

/** Cells with `floor` rows are pieces of their own, and so are stretches of the others; in the order of their values. */
function pieces(counts: Int32Array, order: ArrayLike<number>, floor: number): Piece[] {
  const found: (Piece & { readonly at: number })[] = [];
  let open: number[] = [];
  let rows = 0;
  let begun = 0;
  let last = -1;
  for (let at = 0; at < order.length; at += 1) {
    const cell = order[at] ?? 0;
    const count = counts[cell] ?? 0;
    if (count >= floor) {
      found.push({ cells: [cell], rows: count, at });
      continue;
    }
    if (open.length === 0) begun = at;
    open.push(cell);
    rows += count;
    if (rows < floor) continue;
    last = found.push({ cells: open, rows, at: begun }) - 1;
    open = [];
    rows = 0;
  }
  // Too few rows for a stretch of their own lie on with the last one; where there is none, they are not told of.
  const before = found[last];
  if (before && rows > 0)
    found[last] = { ...before, cells: [...before.cells, ...open], rows: before.rows + rows };
  return found.sort((a, b) => a.at - b.at);
}
