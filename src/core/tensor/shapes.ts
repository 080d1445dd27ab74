import type { Segments, Tensor } from './ops.js';

/** Thrown where tensors do not fit together. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

const shapeOf = ({ rows, columns }: Tensor) => `${rows} × ${columns}`;

/** Rows, columns and inner length of op(a) · op(b). */
export function productShape(
  a: Tensor,
  b: Tensor,
  transposeA: boolean,
  transposeB: boolean,
): readonly [m: number, n: number, k: number] {
  const [m, k] = transposeA ? [a.columns, a.rows] : [a.rows, a.columns];
  const [inner, n] = transposeB ? [b.columns, b.rows] : [b.rows, b.columns];
  if (k !== inner) {
    const marks = [transposeA ? "'" : '', transposeB ? "'" : ''] as const;
    throw new ShapeError(`No product of ${shapeOf(a)}${marks[0]} and ${shapeOf(b)}${marks[1]}.`);
  }
  return [m, n, k];
}

/** Dimensions of two tensors that meet, where each is equal or 1. */
export function pairShape(a: Tensor, b: Tensor): readonly [rows: number, columns: number] {
  const fits = (one: number, other: number) => one === other || one === 1 || other === 1;
  if (!fits(a.rows, b.rows) || !fits(a.columns, b.columns))
    throw new ShapeError(`${shapeOf(a)} and ${shapeOf(b)} do not meet.`);
  // A dimension of 0 wins over 1: nothing is repeated no times.
  return [a.rows === 1 ? b.rows : a.rows, a.columns === 1 ? b.columns : a.columns];
}

export function checkCells(rows: number, columns: number, count: number): void {
  if (rows * columns !== count) throw new ShapeError(`${count} cells are not ${rows} × ${columns}.`);
}

export function checkExpands(a: Tensor, rows: number, columns: number): void {
  if ((a.rows !== 1 && a.rows !== rows) || (a.columns !== 1 && a.columns !== columns))
    throw new ShapeError(`${shapeOf(a)} cannot be repeated to ${rows} × ${columns}.`);
}

export function checkSegments(a: Tensor, segments: Segments): void {
  const width = segments.reduce((sum, one) => sum + one, 0);
  if (width !== a.columns || segments.some((one) => one < 1))
    throw new ShapeError(`Segments of ${width} columns do not cover ${shapeOf(a)}.`);
}

export function checkSlice(a: Tensor, from: number, to: number): void {
  if (from < 0 || from > to || to > a.columns)
    throw new ShapeError(`${shapeOf(a)} has no columns from ${from} to ${to}.`);
}

/** The number of rows that all parts have. */
export function commonRows(parts: readonly Tensor[]): number {
  const rows = parts[0]?.rows;
  if (rows === undefined) throw new ShapeError('Nothing to put side by side.');
  if (parts.some((part) => part.rows !== rows))
    throw new ShapeError(`No common rows: ${parts.map(shapeOf).join(', ')}.`);
  return rows;
}

/** One index for each of `count` places. */
export function checkIndexCount(indices: Int32Array, count: number): void {
  if (indices.length !== count) throw new ShapeError(`${indices.length} indices for ${count} places.`);
}

/** `place` is that of the first bad index, or -1. */
export function checkIndex(indices: Int32Array, place: number, below: number): void {
  if (place >= 0)
    throw new ShapeError(`Index ${indices[place] ?? 'missing'} at place ${place} is not below ${below}.`);
}

export function checkSameShape(a: Tensor, others: readonly Tensor[]): void {
  for (const b of others)
    if (a.rows !== b.rows || a.columns !== b.columns)
      throw new ShapeError(`${shapeOf(a)} and ${shapeOf(b)} are not of one shape.`);
}
