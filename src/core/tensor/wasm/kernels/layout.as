// Sums, and cells that move.

export function rowSums(a: usize, out: usize, rows: i32, columns: i32): void {
  const whole = columns & ~3;
  for (let row = 0; row < rows; row++) {
    let sums = f32x4.splat(0);
    for (const end = a + 4 * whole; a < end; a += 16) sums = f32x4.add(sums, v128.load(a));
    let sum = (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) +
      (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
    for (const end = a + 4 * (columns - whole); a < end; a += 4) sum += load<f32>(a);
    store<f32>(out, sum);
    out += 4;
  }
}

export function columnSums(a: usize, out: usize, rows: i32, columns: i32): void {
  memory.fill(out, 0, 4 * columns);
  const whole = columns & ~3;
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < 4 * whole; at += 16) v128.store(out + at, f32x4.add(v128.load(out + at), v128.load(a + at)));
    for (let at = 4 * whole; at < 4 * columns; at += 4) store<f32>(out + at, load<f32>(out + at) + load<f32>(a + at));
    a += 4 * columns;
  }
}

/** `segments` are `count` widths as i32. */
export function segmentSums(a: usize, out: usize, rows: i32, segments: usize, count: i32): void {
  for (let row = 0; row < rows; row++)
    for (let segment = 0; segment < count; segment++) {
      const width = load<i32>(segments + 4 * segment);
      let sum: f32 = 0;
      for (let at = 0; at < 4 * width; at += 4) sum += load<f32>(a + at);
      for (let at = 0; at < 4 * width; at += 4) store<f32>(out + at, sum);
      a += 4 * width;
      out += 4 * width;
    }
}

export function segmentMaxima(a: usize, out: usize, rows: i32, segments: usize, count: i32): void {
  for (let row = 0; row < rows; row++)
    for (let segment = 0; segment < count; segment++) {
      const width = load<i32>(segments + 4 * segment);
      let greatest: f32 = -Infinity;
      for (let at = 0; at < 4 * width; at += 4) greatest = max<f32>(greatest, load<f32>(a + at));
      for (let at = 0; at < 4 * width; at += 4) store<f32>(out + at, greatest);
      a += 4 * width;
      out += 4 * width;
    }
}

// @ts-ignore: decorator
@inline
function copyRow(from: usize, to: usize, columns: i32): void {
  const whole = columns & ~3;
  for (let at = 0; at < 4 * whole; at += 16) v128.store(to + at, v128.load(from + at));
  for (let at = 4 * whole; at < 4 * columns; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/** A rectangle of cells; strides in columns. */
export function copyBlock(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    copyRow(from, to, columns);
    from += 4 * fromStride;
    to += 4 * toStride;
  }
}

export function clear(at: usize, count: i32): void {
  memory.fill(at, 0, 4 * count);
}

// The four below answer the place of the first index that is out of range, or -1.

export function gatherRows(a: usize, indices: usize, count: i32, out: usize, rows: i32, columns: i32): i32 {
  for (let i = 0; i < count; i++) {
    const row = load<i32>(indices + 4 * i);
    if (<u32>row >= <u32>rows) return i;
    copyRow(a + 4 * row * columns, out, columns);
    out += 4 * columns;
  }
  return -1;
}

export function scatterRows(a: usize, indices: usize, count: i32, out: usize, rows: i32, columns: i32): i32 {
  memory.fill(out, 0, 4 * rows * columns);
  const whole = columns & ~3;
  for (let i = 0; i < count; i++) {
    const row = load<i32>(indices + 4 * i);
    if (<u32>row >= <u32>rows) return i;
    const to = out + 4 * row * columns;
    for (let at = 0; at < 4 * whole; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(a + at)));
    for (let at = 4 * whole; at < 4 * columns; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(a + at));
    a += 4 * columns;
  }
  return -1;
}

export function gatherCells(a: usize, cells: i32, indices: usize, out: usize, count: i32): i32 {
  for (let i = 0; i < count; i++) {
    const from = load<i32>(indices + 4 * i);
    if (from < -1 || from >= cells) return i;
    store<f32>(out + 4 * i, from < 0 ? 0 : load<f32>(a + 4 * from));
  }
  return -1;
}

export function scatterCells(a: usize, indices: usize, count: i32, out: usize, cells: i32): i32 {
  memory.fill(out, 0, 4 * cells);
  for (let i = 0; i < count; i++) {
    const to = load<i32>(indices + 4 * i);
    if (to < -1 || to >= cells) return i;
    if (to >= 0) store<f32>(out + 4 * to, load<f32>(out + 4 * to) + load<f32>(a + 4 * i));
  }
  return -1;
}
