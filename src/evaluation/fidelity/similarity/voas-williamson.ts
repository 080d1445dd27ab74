import type { BothCoded } from '../accuracy/accuracy.js';

/**
 * Voas-Williamson statistic of one table of counts over its degrees of freedom: sum of (s - o)^2 / ((s + o) / 2), the
 * real counts o scaled to as many records as there are synthetic ones s. Near 1 when the synthetic records are drawn
 * from the real shares; NaN with fewer than two occupied cells (Voas and Williamson 2001; Raab et al. 2021).
 */
export function voasWilliamson(columns: readonly BothCoded[]): number {
  const real = cellCounts(columns.map(({ original }) => original));
  const synthetic = cellCounts(columns.map((column) => column.synthetic));
  const scale = rowsOf(columns, 'synthetic') / rowsOf(columns, 'original');
  let statistic = 0;
  let cells = 0;
  for (let cell = 0; cell < real.length; cell += 1) {
    const expected = (real[cell] ?? 0) * scale;
    const found = synthetic[cell] ?? 0;
    if (expected + found === 0) continue;
    statistic += (2 * (found - expected) ** 2) / (found + expected);
    cells += 1;
  }
  return cells < 2 ? NaN : statistic / (cells - 1);
}

function rowsOf(columns: readonly BothCoded[], side: keyof BothCoded): number {
  return columns[0]?.[side].codes.length ?? 0;
}

function cellCounts(columns: readonly BothCoded['original'][]): Float64Array {
  const counts = new Float64Array(columns.reduce((product, { size }) => product * size, 1));
  const rows = columns[0]?.codes.length ?? 0;
  for (let row = 0; row < rows; row += 1) {
    let cell = 0;
    for (const { codes, size } of columns) cell = cell * size + (codes[row] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}
