import fc from 'fast-check';
import { philox } from './philox.js';
import { Random } from './random.js';

function philoxHex(counter: number[], key: [number, number]): string {
  const block = Int32Array.from(counter);
  philox(block, ...key);
  return [...block].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ');
}

/** The same ten rounds with BigInt: slow and plain. */
function philoxByBigInt(counter: number[], key: number[]): string {
  let [c0, c1, c2, c3] = counter.map((word) => BigInt(word >>> 0)) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map((word) => BigInt(word >>> 0)) as [bigint, bigint];
  const mask = 0xffffffffn;
  for (let round = 0; round < 10; round += 1) {
    const [p0, p1] = [0xd2511f53n * c0, 0xcd9e8d57n * c2];
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [c0, c1, c2, c3].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

describe('philox', () => {
  it('gives the known answers of the Random123 library', () => {
    expect(philoxHex([0, 0, 0, 0], [0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
    expect(philoxHex([-1, -1, -1, -1], [-1, -1])).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd');
  });

  it('agrees with arithmetic on unbounded integers', () => {
    const word = fc.integer();
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
        expect(philoxHex(counter, key)).toBe(philoxByBigInt(counter, key));
      }),
    );
  });
});

describe('Random', () => {
  it('repeats itself for one seed and path, and differs for others', () => {
    const draw = (random: Random): number[] => [random.uniform(), random.uniform(), random.uniformAt(7, 2)];
    expect(draw(Random.fromSeed('s').fork('a'))).toEqual(draw(Random.fromSeed('s').fork('a')));
    expect(draw(Random.fromSeed('s').fork('a'))).not.toEqual(draw(Random.fromSeed('s').fork('b')));
    expect(draw(Random.fromSeed('s').fork('a'))).not.toEqual(draw(Random.fromSeed('t').fork('a')));
    expect(draw(Random.fromSeed('s').fork('a/b'))).not.toEqual(
      draw(Random.fromSeed('s').fork('a').fork('b')),
    );
  });

  it('keeps these first numbers for ever', () => {
    const random = Random.fromSeed('42').fork('golden');
    expect([random.uniform(), random.integerBelow(1000), random.uniformAt(2 ** 40, 3)])
      .toMatchInlineSnapshot(`
     [
       0.44103685015081334,
       716,
       0.8294864078080189,
     ]
    `);
  });

  it('moves no number of a stream when another stream draws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(20), (seed, name, draws) => {
        const root = Random.fromSeed(seed);
        const before = root.fork(name).uniform();
        for (let draw = 0; draw < draws; draw += 1) root.uniform();
        expect(root.fork(name).uniform()).toBe(before);
        const child = root.fork(name);
        const third = child.uniformAt(3);
        child.uniform();
        child.uniformAt(99);
        expect(child.uniformAt(3)).toBe(third);
      }),
    );
  });

  it('tells indices and draws apart across the 32-bit border', () => {
    const random = Random.fromSeed('border');
    const draws = [0, 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 52].flatMap((index) => [
      random.uniformAt(index),
      random.uniformAt(index, 1),
    ]);
    expect(new Set(draws).size).toBe(draws.length);
  });

  it.each(['sequence', 'random access'])('is uniform by %s', (way) => {
    // 100 cells, 100,000 draws: chi-square with 99 degrees of freedom. P(chi2 > 180) < 2e-6 and P(chi2 < 48) < 3e-6.
    const random = Random.fromSeed('uniform');
    const cells = new Float64Array(100);
    for (let index = 0; index < 100_000; index += 1) {
      const value = way === 'sequence' ? random.uniform() : random.uniformAt(index);
      if (value <= 0 || value >= 1) throw new Error('outside the open interval');
      cells[Math.floor(value * 100)]! += 1;
    }
    const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(180);
    expect(chiSquare).toBeGreaterThan(48);
  });

  it('has no correlation between neighbours or between streams', () => {
    // Pearson r of independent pairs has standard deviation 1/sqrt(n) = 0.00316: 5 of them are exceeded once in 1.7 million.
    const n = 100_000;
    const left = Random.fromSeed('pairs').fork('left');
    const right = Random.fromSeed('pairs').fork('right');
    const correlation = (pair: (index: number) => [number, number]): number => {
      let sum = 0;
      for (let index = 0; index < n; index += 1) {
        const [a, b] = pair(index);
        sum += (a - 0.5) * (b - 0.5) * 12;
      }
      return sum / n;
    };
    expect(Math.abs(correlation((i) => [left.uniformAt(i), left.uniformAt(i + 1)]))).toBeLessThan(0.0158);
    expect(Math.abs(correlation((i) => [left.uniformAt(i), left.uniformAt(i, 1)]))).toBeLessThan(0.0158);
    expect(Math.abs(correlation((i) => [left.uniformAt(i), right.uniformAt(i)]))).toBeLessThan(0.0158);
  });

  it('draws whole numbers without bias, also where a remainder would show', () => {
    // n = 3 * 2^30: taking u32 % n would hit the lower third with probability 1/2 instead of 1/3.
    // 30,000 draws, standard deviation of the share 0.0027; 6 of them: a false alarm once in 5e8.
    const random = Random.fromSeed('bias');
    const n = 3 * 2 ** 30;
    let low = 0;
    for (let draw = 0; draw < 30_000; draw += 1) if (random.integerBelow(n) < n / 3) low += 1;
    expect(Math.abs(low / 30_000 - 1 / 3)).toBeLessThan(0.0164);
  });

  it('stays below n and refuses what is no size', () => {
    const random = Random.fromSeed('below');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (n) => {
        const drawn = random.integerBelow(n);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < n).toBe(true);
      }),
    );
    for (const n of [0, -1, 1.5, NaN, 2 ** 54]) expect(() => random.integerBelow(n)).toThrow(RangeError);
  });
});
