import fc from 'fast-check';
import { cholesky, permuted } from './cholesky.js';
import type { SquareMatrix } from './cholesky.js';
import { repairCorrelation } from './repair-correlation.js';
import { symmetricEigen } from './symmetric-eigen.js';

const matrixOf = (rows: readonly (readonly number[])[]): SquareMatrix => ({
  size: rows.length,
  values: Float64Array.from(rows.flat()),
});

/** Symmetric with a unit diagonal, and often no correlation matrix at all. */
const claimed = fc.integer({ min: 2, max: 8 }).chain((size) =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size * size, maxLength: size * size })
    .map((given): SquareMatrix => ({
      size,
      values: Float64Array.from(given, (_, at) => {
        const [row, column] = [Math.floor(at / size), at % size];
        return row === column ? 1 : given[Math.max(row, column) * size + Math.min(row, column)]!;
      }),
    })),
);

describe('the repair of a correlation matrix', () => {
  it('leaves what has a factor alone and gives everything else one', () => {
    fc.assert(
      fc.property(claimed, (matrix) => {
        const repaired = repairCorrelation(matrix);
        const factor = cholesky(repaired);
        expect(factor).not.toBeNull();
        if (cholesky(matrix)) expect(repaired).toBe(matrix);
        repaired.values.forEach((value, at) => {
          const [row, column] = [Math.floor(at / matrix.size), at % matrix.size];
          if (row === column) expect(value).toBe(1);
          expect(value).toBeCloseTo(repaired.values[column * matrix.size + row]!, 12);
          let product = 0;
          for (let k = 0; k < matrix.size; k += 1)
            product += factor!.values[row * matrix.size + k]! * factor!.values[column * matrix.size + k]!;
          expect(product).toBeCloseTo(value, 9);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('moves a matrix that is nearly one only a little', () => {
    const near = matrixOf([
      [1, 0.9, 0.7],
      [0.9, 1, 0.3],
      [0.7, 0.3, 1],
    ]);
    expect(cholesky(near)).toBeNull();
    repairCorrelation(near).values.forEach((value, at) => {
      expect(Math.abs(value - near.values[at]!)).toBeLessThan(0.05);
    });
  });
});

describe('eigenvalues', () => {
  it('are those of a matrix that is known', () => {
    const { values } = symmetricEigen(
      matrixOf([
        [2, -1, 0],
        [-1, 2, -1],
        [0, -1, 2],
      ]),
    );
    const expected = [2 - Math.SQRT2, 2, 2 + Math.SQRT2];
    [...values]
      .sort((a, b) => a - b)
      .forEach((value, at) => {
        expect(value).toBeCloseTo(expected[at]!, 12);
      });
  });
});

describe('a matrix in another order', () => {
  it('moves rows and columns alike', () => {
    const moved = permuted(
      matrixOf([
        [1, 2, 3],
        [2, 4, 5],
        [3, 5, 6],
      ]),
      [2, 0, 1],
    );
    expect([...moved.values]).toEqual([6, 3, 5, 3, 1, 2, 5, 2, 4]);
  });
});
