import fc from 'fast-check';
import type { Ops, Tensor } from './ops.js';
import { backends } from './testing/backends.js';
import { PlainOps } from './testing/plain-ops.js';

/** Rows or columns: one, primes, whole vectors and panels, and more than a panel. */
const length = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 13, 17, 32, 67);
/** Longer than the blocks of the product. */
const inner = fc.constantFrom(1, 3, 8, 31, 129, 515);
const seed = fc.nat(1e6);

/** Numbers in [-2, 2] or, when positive, in [0.1, 4.1], different in every cell. */
function values(count: number, start: number, isPositive = false): Float32Array {
  const share = (index: number) => ((start * 7919 + index * 104_729) % 10_007) / 10_007;
  return Float32Array.from({ length: count }, (_, index) => share(index) * 4 + (isPositive ? 0.1 : -2));
}

type Work = (ops: Ops, make: (rows: number, columns: number, isPositive?: boolean) => Tensor) => Tensor;

function run(ops: Ops, start: number, work: Work): Tensor & { cells: Float32Array } {
  let tensors = start;
  return ops.step(() => {
    const made = work(ops, (rows, columns, isPositive) =>
      ops.tensor(rows, columns, values(rows * columns, tensors++, isPositive)),
    );
    return { rows: made.rows, columns: made.columns, cells: ops.read(made) };
  });
}

const plain = new PlainOps();

/** NaN when a cell is missing or no number. */
function farthest(found: ArrayLike<number>, expected: Float32Array): number {
  return expected.reduce((most, cell, index) => Math.max(most, Math.abs((found[index] ?? NaN) - cell)), 0);
}

/** Relative to the greatest cell; 2e-6 are 17 steps of float32. */
function expectSame(ops: Ops, start: number, work: Work, tolerance = 2e-6): void {
  const [found, expected] = [run(ops, start, work), run(plain, start, work)];
  expect([found.rows, found.columns]).toEqual([expected.rows, expected.columns]);
  const scale = expected.cells.reduce((most, cell) => Math.max(most, Math.abs(cell)), 1e-3);
  expect(farthest(found.cells, expected.cells) / scale).toBeLessThan(tolerance);
}

const shape = fc.record({ rows: length, columns: length, start: seed });
const runs = { numRuns: 20 };

const ofOne: Record<string, (ops: Ops, a: Tensor) => Tensor> = {
  linear: (ops, a) => ops.linear(a, -1.25, 0.5),
  exp: (ops, a) => ops.exp(a),
  tanh: (ops, a) => ops.tanh(a),
  sigmoid: (ops, a) => ops.sigmoid(a),
  softplus: (ops, a) => ops.softplus(a),
  leaky: (ops, a) => ops.leaky(a, 0.2),
  leakyMask: (ops, a) => ops.leakyMask(a, 0.2),
  rowSums: (ops, a) => ops.rowSums(a),
  columnSums: (ops, a) => ops.columnSums(a),
  reshape: (ops, a) => ops.reshape(a, a.columns, a.rows),
  'reshape of one row': (ops, a) => ops.reshape(a, 1, a.columns * a.rows),
  'columns of slices': (ops, a) =>
    ops.concatColumns([ops.sliceColumns(a, a.columns >> 1, a.columns), a, ops.sliceColumns(a, 0, 1)]),
};

const pairs = ['add', 'subtract', 'multiply', 'divide'] as const;

describe.each(Object.entries(backends).filter(([name]) => name !== 'plain'))('the ops of %s', (_, open) => {
  const ops = open();

  it.each(Object.entries(ofOne))('%s are those of the definition', (_name, op) => {
    fc.assert(
      fc.property(shape, ({ rows, columns, start }) => {
        expectSame(ops, start, (on, make) => op(on, make(rows, columns)));
      }),
      runs,
    );
  });

  it.each(['log', 'sqrt'] as const)('%s of positive numbers is that of the definition', (name) => {
    fc.assert(
      fc.property(shape, ({ rows, columns, start }) => {
        expectSame(ops, start, (on, make) => on[name](make(rows, columns, true)));
      }),
      runs,
    );
  });

  it('products are those of the definition, transposed or not', () => {
    fc.assert(
      fc.property(shape, inner, fc.boolean(), fc.boolean(), ({ rows: m, columns: n, start }, k, ofA, ofB) => {
        expectSame(ops, start, (on, make) => {
          const a = ofA ? make(k, m) : make(m, k);
          return on.matMul(a, ofB ? make(n, k) : make(k, n), ofA, ofB);
        });
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [130, 9, 3],
    [3, 1030, 5],
    [5, 9, 1030],
  ])('products larger than a block: %d × %d × %d', (m, n, k) => {
    for (const flags of [0, 1, 2, 3])
      expectSame(ops, 5, (on, make) => {
        const [ofA, ofB] = [(flags & 1) === 1, flags > 1];
        const a = ofA ? make(k, m) : make(m, k);
        return on.matMul(a, ofB ? make(n, k) : make(k, n), ofA, ofB);
      });
  });

  it.each(pairs)('%s repeats dimensions of 1', (name) => {
    fc.assert(
      fc.property(shape, fc.nat(15), ({ rows, columns, start }, ones) => {
        expectSame(ops, start, (on, make) => {
          const a = make(ones & 1 ? 1 : rows, ones & 2 ? 1 : columns);
          return on[name](a, make(ones & 4 ? 1 : rows, ones & 8 ? 1 : columns, true));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('expand repeats dimensions of 1', () => {
    fc.assert(
      fc.property(shape, fc.nat(3), ({ rows, columns, start }, ones) => {
        expectSame(ops, start, (on, make) =>
          on.expand(make(ones & 1 ? 1 : rows, ones & 2 ? 1 : columns), rows, columns),
        );
      }),
      runs,
    );
  });

  it.each(['segmentSums', 'segmentMaxima'] as const)('%s are those of the definition', (name) => {
    fc.assert(
      fc.property(length, fc.array(length, { minLength: 1, maxLength: 4 }), seed, (rows, widths, start) => {
        const columns = widths.reduce((sum, width) => sum + width, 0);
        expectSame(ops, start, (on, make) => on[name](make(rows, columns), widths));
      }),
      runs,
    );
  });

  it('rows and cells are gathered and scattered', () => {
    fc.assert(
      fc.property(shape, ({ rows, columns, start }) => {
        const indices = (count: number, below: number, least: number) =>
          Int32Array.from({ length: count }, (_, at) => (((start + at) * 7919) % (below - least)) + least);
        const ofRows = indices(rows, rows, 0);
        const ofCells = indices(rows * columns, rows * columns, -1);
        const works: Work[] = [
          (on, make) => on.gatherRows(make(rows, columns), ofRows),
          (on, make) => on.scatterRows(make(rows, columns), ofRows, rows),
          (on, make) => on.gatherCells(make(rows, columns), ofCells, rows, columns),
          (on, make) => on.scatterCells(make(rows, columns), ofCells, rows, columns),
        ];
        for (const work of works) expectSame(ops, start, work);
      }),
      runs,
    );
  });

  it('adam moves parameters and moments like the definition, step after step', () => {
    const settings = { rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.1 };
    for (const [rows, columns] of [
      [1, 1],
      [5, 7],
      [16, 4],
    ] as const) {
      const moved = [ops, plain].map((on) => {
        const count = rows * columns;
        const kept = [0, 1, 2].map((which) =>
          on.keep(rows, columns, which === 0 ? values(count, 3) : new Float32Array(count)),
        );
        const [weights, mean, square] = kept as [Tensor, Tensor, Tensor];
        for (let step = 1; step <= 9; step++)
          on.step(() => {
            const gradient = on.tensor(rows, columns, values(count, step));
            on.adam(weights, gradient, mean, square, { ...settings, step });
          });
        return kept.flatMap((one) => [...on.read(one)]);
      });
      expect(farthest(moved[0] ?? [], Float32Array.from(moved[1] ?? []))).toBeLessThan(1e-6);
    }
  });

  it.each<[string, (on: Ops) => unknown]>([
    ['No product of 2 × 3 and 2 × 3', (on) => on.matMul(zeros(on, 2, 3), zeros(on, 2, 3), false, false)],
    ['2 × 3 and 3 × 2 do not meet', (on) => on.add(zeros(on, 2, 3), zeros(on, 3, 2))],
    ['5 cells are not 2 × 3', (on) => on.tensor(2, 3, new Float32Array(5))],
    ['cannot be repeated', (on) => on.expand(zeros(on, 2, 3), 4, 3)],
    ['do not cover 2 × 3', (on) => on.segmentSums(zeros(on, 2, 3), [1, 1])],
    ['has no columns from 2 to 4', (on) => on.sliceColumns(zeros(on, 2, 3), 2, 4)],
    ['No common rows', (on) => on.concatColumns([zeros(on, 2, 3), zeros(on, 1, 3)])],
    ['Nothing to put side by side', (on) => on.concatColumns([])],
    ['6 cells are not 4 × 2', (on) => on.reshape(zeros(on, 2, 3), 4, 2)],
    ['Index 2 at place 1', (on) => on.gatherRows(zeros(on, 2, 3), Int32Array.of(0, 2))],
    ['Index -1 at place 0', (on) => on.scatterRows(zeros(on, 1, 3), Int32Array.of(-1), 2)],
    ['Index 6 at place 0', (on) => on.gatherCells(zeros(on, 2, 3), Int32Array.of(6), 1, 1)],
    ['Index -2 at place 0', (on) => on.scatterCells(zeros(on, 1, 1), Int32Array.of(-2), 1, 1)],
    ['1 indices for 2 places', (on) => on.scatterRows(zeros(on, 2, 3), Int32Array.of(0), 2)],
    [
      'Only kept tensors',
      (on) => {
        on.write(zeros(on, 1, 1), Float32Array.of(1));
      },
    ],
    ['made by another backend', (on) => on.exp(plain.tensor(1, 1, Float32Array.of(1)))],
    ['freed when its step ended', (on) => on.exp(on.step(() => zeros(on, 1, 1)))],
  ])('refuse in words: %s', (words, work) => {
    expect(() => ops.step(() => work(ops))).toThrow(words);
  });

  it('keep what is kept within a step, and a step within a step', () => {
    const before = ops.bytesInUse();
    const kept = ops.step(() => {
      zeros(ops, 40, 40);
      const outer = ops.keep(1, 3, Float32Array.of(1, 2, 3));
      const inner = ops.step(() => {
        zeros(ops, 50, 50);
        return [
          ops.keep(1, 5, Float32Array.of(4, 5, 6, 7, 8)),
          zeros(ops, 9, 9),
          ops.keep(1, 1, Float32Array.of(9)),
        ];
      });
      zeros(ops, 30, 30);
      return [outer, inner[0]!, inner[2]!];
    });
    ops.step(() => ops.tensor(100, 100, new Float32Array(10_000).fill(7)));
    expect(kept.map((one) => [...ops.read(one)])).toEqual([[1, 2, 3], [4, 5, 6, 7, 8], [9]]);
    expect(ops.bytesInUse() - before).toBeLessThan(100);
  });

  it('leave other tensors as they are when a kept one changes', () => {
    const kept = ops.keep(1, 2, Float32Array.of(1, 2));
    ops.step(() => {
      const views = [ops.reshape(kept, 2, 1), ops.sliceColumns(kept, 0, 2), ops.concatColumns([kept])];
      const others = [ops.expand(kept, 1, 2), ops.linear(kept, 1, 0)];
      ops.write(kept, Float32Array.of(3, 4));
      for (const view of [...views, ...others]) expect([...ops.read(view)]).toEqual([1, 2]);
    });
    expect([...ops.read(kept)]).toEqual([3, 4]);
  });
});

function zeros(ops: Ops, rows: number, columns: number): Tensor {
  return ops.tensor(rows, columns, new Float32Array(rows * columns));
}
