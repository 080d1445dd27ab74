// C = op(A) · op(B) by packed panels: Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication".
// A goes into panels of 4 rows [k][4], B into panels of 8 columns [k][8]; packing absorbs both transposes, and the tile
// of 4 × 8 sums stays in registers. Each sum runs over k in ascending order, whatever the sizes of the blocks.

const depth: i32 = 512;
const height: i32 = 128;
const width: i32 = 1024;

/** Bytes of scratch that `gemm` needs. */
export function gemmScratch(m: i32, n: i32, k: i32): i32 {
  const deep = min(k, depth);
  return 4 * deep * (round(min(n, width), 8) + round(min(m, height), 4)) + 128;
}

// @ts-ignore: decorator
@inline
function round(value: i32, step: i32): i32 {
  return ((value + step - 1) / step) * step;
}

/** Row-major m × n from a (m × k, or k × m when transposed) and b (k × n, or n × k when transposed). */
export function gemm(
  a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, transposeA: bool, transposeB: bool, scratch: usize,
): void {
  if (k == 0) {
    memory.fill(c, 0, 4 * m * n);
    return;
  }
  const packedB = scratch;
  const packedA = packedB + 4 * min(k, depth) * round(min(n, width), 8);
  const tile = packedA + 4 * min(k, depth) * round(min(m, height), 4);
  for (let column = 0; column < n; column += width) {
    const columns = min(width, n - column);
    for (let start = 0; start < k; start += depth) {
      const deep = min(depth, k - start);
      if (transposeB) packAcross(b + 4 * (column * k + start), k, columns, deep, packedB, 8);
      else packAlong(b + 4 * (start * n + column), n, columns, deep, packedB, 8);
      for (let row = 0; row < m; row += height) {
        const rows = min(height, m - row);
        if (transposeA) packAlong(a + 4 * (start * m + row), m, rows, deep, packedA, 4);
        else packAcross(a + 4 * (row * k + start), k, rows, deep, packedA, 4);
        block(packedA, packedB, c + 4 * (row * n + column), rows, columns, deep, n, start > 0, tile);
      }
    }
  }
}

/** Panels of what already lies along them: entry (k, i) of the panel is at `from + 4 · (k · stride + i)`. */
function packAlong(from: usize, stride: i32, count: i32, deep: i32, to: usize, panel: i32): void {
  for (let i = 0; i < count; i += panel) {
    const whole = i + panel <= count;
    let source = from + 4 * i;
    for (let k = 0; k < deep; k++) {
      if (whole) {
        v128.store(to, v128.load(source));
        if (panel == 8) v128.store(to, v128.load(source, 16), 16);
      } else for (let j = 0; j < panel; j++) store<f32>(to + 4 * j, i + j < count ? load<f32>(source + 4 * j) : 0);
      to += 4 * panel;
      source += 4 * stride;
    }
  }
}

/** Panels of what lies across them: entry (k, i) is at `from + 4 · (i · stride + k)`. */
function packAcross(from: usize, stride: i32, count: i32, deep: i32, to: usize, panel: i32): void {
  for (let i = 0; i < count; i += panel) {
    for (let half = 0; half < panel; half += 4) {
      const source = from + 4 * (i + half) * stride;
      if (i + half + 4 <= count) turn(source, 4 * stride, deep, to + 4 * half, 4 * panel);
      else
        for (let j = 0; j < 4; j++)
          for (let k = 0; k < deep; k++)
            store<f32>(to + 4 * (k * panel + half + j), i + half + j < count ? load<f32>(source + 4 * (j * stride + k)) : 0);
    }
    to += 4 * panel * deep;
  }
}

/** Four rows of `deep` numbers become `deep` groups of four, `step` bytes apart. */
function turn(from: usize, stride: usize, deep: i32, to: usize, step: usize): void {
  let k = 0;
  for (; k + 4 <= deep; k += 4) {
    const r0 = v128.load(from);
    const r1 = v128.load(from + stride);
    const r2 = v128.load(from + 2 * stride);
    const r3 = v128.load(from + 3 * stride);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(to + step, v128.shuffle<f64>(low01, low23, 1, 3));
    v128.store(to + 2 * step, v128.shuffle<f64>(high01, high23, 0, 2));
    v128.store(to + 3 * step, v128.shuffle<f64>(high01, high23, 1, 3));
    from += 16;
    to += 4 * step;
  }
  for (; k < deep; k++) {
    for (let j = 0; j < 4; j++) store<f32>(to + 4 * j, load<f32>(from + <usize>j * stride));
    from += 4;
    to += step;
  }
}

function block(
  a: usize, b: usize, c: usize, rows: i32, columns: i32, deep: i32, stride: i32, adds: bool, tile: usize,
): void {
  for (let j = 0; j < columns; j += 8) {
    for (let i = 0; i < rows; i += 4) {
      const at = c + 4 * (i * stride + j);
      const left = a + 4 * i * deep;
      const right = b + 4 * j * deep;
      if (i + 4 <= rows && j + 8 <= columns) multiplyTile(left, right, deep, at, 4 * stride, adds);
      else {
        if (adds) copyTile(at, 4 * stride, tile, 32, min(4, rows - i), min(8, columns - j));
        multiplyTile(left, right, deep, tile, 32, adds);
        copyTile(tile, 32, at, 4 * stride, min(4, rows - i), min(8, columns - j));
      }
    }
  }
}

function copyTile(from: usize, fromStep: usize, to: usize, toStep: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) store<f32>(to + <usize>i * toStep + 4 * j, load<f32>(from + <usize>i * fromStep + 4 * j));
}

function multiplyTile(a: usize, b: usize, deep: i32, c: usize, stride: usize, adds: bool): void {
  const row1 = c + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  let s00 = f32x4.splat(0);
  let s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  if (adds) {
    s00 = v128.load(c);
    s01 = v128.load(c, 16);
    s10 = v128.load(row1);
    s11 = v128.load(row1, 16);
    s20 = v128.load(row2);
    s21 = v128.load(row2, 16);
    s30 = v128.load(row3);
    s31 = v128.load(row3, 16);
  }
  for (const end = a + 16 * deep; a < end; a += 16, b += 32) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let left = v128.load32_splat(a);
    s00 = f32x4.add(s00, f32x4.mul(left, b0));
    s01 = f32x4.add(s01, f32x4.mul(left, b1));
    left = v128.load32_splat(a, 4);
    s10 = f32x4.add(s10, f32x4.mul(left, b0));
    s11 = f32x4.add(s11, f32x4.mul(left, b1));
    left = v128.load32_splat(a, 8);
    s20 = f32x4.add(s20, f32x4.mul(left, b0));
    s21 = f32x4.add(s21, f32x4.mul(left, b1));
    left = v128.load32_splat(a, 12);
    s30 = f32x4.add(s30, f32x4.mul(left, b0));
    s31 = f32x4.add(s31, f32x4.mul(left, b1));
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(row1, s10);
  v128.store(row1, s11, 16);
  v128.store(row2, s20);
  v128.store(row2, s21, 16);
  v128.store(row3, s30);
  v128.store(row3, s31, 16);
}
