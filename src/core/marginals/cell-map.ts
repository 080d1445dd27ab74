/** Axes of a table of counts by their numbers; the first varies slowest. */
export type Axes = readonly number[];

/** Groups of each axis, by its number. */
export type AxisSizes = readonly number[];

export function tableCells(axes: Axes, sizes: AxisSizes): number {
  return axes.reduce((cells, axis) => cells * (sizes[axis] ?? 1), 1);
}

/** For every cell of a table over `axes` the cell of the table over `some` of them (in any order) that it adds to. */
export function cellMap(axes: Axes, some: Axes, sizes: AxisSizes): Int32Array {
  const strides = new Map<number, number>();
  let stride = 1;
  for (const axis of [...some].reverse()) {
    strides.set(axis, stride);
    stride *= sizes[axis] ?? 1;
  }
  let map = new Int32Array(1);
  for (const axis of axes) {
    const size = sizes[axis] ?? 1;
    const step = strides.get(axis) ?? 0;
    const longer = new Int32Array(map.length * size);
    for (let cell = 0; cell < map.length; cell += 1)
      for (let group = 0; group < size; group += 1)
        longer[cell * size + group] = (map[cell] ?? 0) + group * step;
    map = longer;
  }
  return map;
}

/** The sums of a table over all other axes. */
export function sumOnto(table: Float64Array, map: Int32Array, cells: number): Float64Array {
  const sums = new Float64Array(cells);
  for (let cell = 0; cell < table.length; cell += 1) {
    const onto = map[cell] ?? 0;
    sums[onto] = (sums[onto] ?? 0) + (table[cell] ?? 0);
  }
  return sums;
}
