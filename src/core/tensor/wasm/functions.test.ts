import { normalCdf } from '../../distributions/normal.js';
import { Random } from '../../random/random.js';
import { WasmOps } from './wasm-ops.js';

const ops = new WasmOps();
type Name = 'exp' | 'log' | 'tanh' | 'sigmoid' | 'softplus';

const at = (name: Name, x: Float32Array): Float32Array =>
  ops.step(() => ops.read(ops[name](ops.tensor(1, x.length, x))));

const exact: Record<Name, (x: number) => number> = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

/** The distance of neighbouring float32 numbers at x. */
function stepAt(x: number): number {
  return 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(x)))) - 23);
}

const count = 40_000;
const evenly = (from: number, to: number) =>
  Float32Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));

/** Arguments of every size, both signs. */
const sizes = Float32Array.from(
  { length: count },
  (_, index) => (index % 2 === 0 ? 1 : -1) * 2 ** (-126 + (133 * index) / count),
);

describe('functions in WebAssembly', () => {
  // Bounds in steps of float32 at the true value; 0.5 would be the rounded truth. Measured 0.9 to 1.9.
  it.each<[Name, string, Float32Array, number]>([
    ['exp', 'of (-87, 88.7)', evenly(-87, 88.7), 1.5],
    ['exp', 'of all sizes', sizes.filter((x) => x < 88.7 && x > -87), 1.5],
    ['log', 'around 1', evenly(0.5, 2), 1.5],
    ['log', 'of all sizes', sizes.map(Math.abs), 1.5],
    ['tanh', 'of (-10, 10)', evenly(-10, 10), 2],
    ['tanh', 'of all sizes', sizes, 2],
    ['sigmoid', 'of (-87, 20)', evenly(-87, 20), 3],
    ['softplus', 'of (-87, 20)', evenly(-87, 20), 3],
    ['softplus', 'of all sizes', sizes.filter((x) => x > -87), 3],
  ])('%s %s is right to a few last digits', (name, _, x, bound) => {
    const found = at(name, x);
    const error = x.reduce((most, value, index) => {
      const truth = exact[name](value);
      return Math.max(most, Math.abs((found[index] ?? NaN) - truth) / stepAt(truth));
    }, 0);
    expect(error).toBeLessThan(bound);
  });

  it.each<[Name, number, number]>([
    ['exp', Infinity, Infinity],
    ['exp', -Infinity, 0],
    ['exp', 88.8, Infinity],
    ['exp', 88.7, Math.fround(Math.exp(Math.fround(88.7)))],
    ['exp', -104, 0],
    ['exp', NaN, NaN],
    ['exp', 0, 1],
    ['log', 0, -Infinity],
    ['log', -1, NaN],
    ['log', Infinity, Infinity],
    ['log', NaN, NaN],
    ['log', 1, 0],
    ['log', 2 ** -149, Math.fround(Math.log(2 ** -149))],
    ['tanh', Infinity, 1],
    ['tanh', -Infinity, -1],
    ['tanh', -0, -0],
    ['tanh', NaN, NaN],
    ['sigmoid', Infinity, 1],
    ['sigmoid', -Infinity, 0],
    ['sigmoid', NaN, NaN],
    ['softplus', Infinity, Infinity],
    ['softplus', -Infinity, 0],
    ['softplus', NaN, NaN],
  ])('%s of %d is %d', (name, x, truth) => {
    const [found = 0] = at(name, Float32Array.of(x));
    if (name === 'exp' && x === 88.7) expect(Math.abs(found / truth - 1)).toBeLessThan(2e-7);
    else expect(found).toBe(truth);
  });

  it('exp loses its digits one by one where float32 does', () => {
    const x = evenly(-103.9, -87);
    const found = at('exp', x);
    const error = x.reduce(
      (most, value, index) => Math.max(most, Math.abs(found[index]! - Math.exp(value))),
      0,
    );
    expect(error).toBeLessThan(2 * 2 ** -149);
  });
});

describe('noise', () => {
  const draws = 200_000;
  const noise = (name: 'uniform' | 'normal') =>
    ops.step(() => ops.read(ops[name](1, draws, Random.fromSeed('noise').fork(name))));

  it('is the same for a stream and different for its forks', () => {
    const random = Random.fromSeed('a');
    const of = (stream: Random) => ops.step(() => [...ops.read(ops.normal(1, 5, stream))]);
    expect(of(random)).toEqual(of(random));
    expect(of(random)).not.toEqual(of(random.fork('b')));
  });

  // Kolmogorov-Smirnov at n = 200,000: the statistic is above 2.5 / √n with probability 2 · exp(-12.5) = 7e-6.
  it.each([
    ['uniform', (x: number) => x],
    ['normal', normalCdf],
  ] as const)('of the %s law follows it', (name, cdf) => {
    const sorted = noise(name).sort();
    const gap = sorted.reduce((most, x, rank) => Math.max(most, Math.abs(cdf(x) - (rank + 0.5) / draws)), 0);
    expect(gap).toBeLessThan(2.5 / Math.sqrt(draws));
    expect(gap).toBeGreaterThan(0);
  });

  it('of the uniform law has neither 0 nor 1', () => {
    const sorted = noise('uniform').sort();
    expect(sorted[0]).toBeGreaterThan(0);
    expect(sorted[draws - 1]).toBeLessThan(1);
  });
});
