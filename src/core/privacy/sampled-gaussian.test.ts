import { composedGuarantee } from './ledger-entry.js';
import { exactNoise } from './noise.js';
import { PrivacyAccount } from './privacy-account.js';
import { unitsRoundedDown } from './privacy-units.js';
import { bestOrder, epsilonAtOrders, multiplierFor, renyiOfStep, rhoOfSteps } from './sampled-gaussian.js';
import { replayedBits } from './testing/replayed-bits.js';
import { epsilonOf } from './zcdp.js';

describe('the cost of Gaussian noise on samples', () => {
  /** As published with TensorFlow Privacy: the tests of its Renyi accountant (rdp_accountant_test.py). */
  it.each([
    [{ rate: 0.1, multiplier: 2 }, 10, 5, 0.07737, 5e-6],
    [{ rate: 0.01, multiplier: 2.5 }, 50, 5, 0.00218075, 1e-5],
    [{ rate: 0.01, multiplier: 2.5 }, 50, 50, 0.023846, 1e-5],
    [{ rate: 0.01, multiplier: 2.5 }, 50, 100, 167.416307, 1e-5],
  ])('of %o in %d steps at order %d is %d', (step, steps, order, published, tolerance) => {
    expect(Math.abs(steps * renyiOfStep(step, order) - published)).toBeLessThan(tolerance);
  });

  it('gives the published epsilon with the conversion that was used there', () => {
    const orders = Array.from({ length: 31 }, (_, at) => at + 2);
    const epsilons = orders.map(
      (order) => 10_000 * renyiOfStep({ rate: 0.01, multiplier: 4 }, order) + Math.log(1e5) / (order - 1),
    );
    expect(Math.min(...epsilons)).toBeCloseTo(1.258575, 5);
    expect(orders[epsilons.indexOf(Math.min(...epsilons))]).toBe(20);
  });

  it('is that of plain Gaussian noise when everybody is in every sample', () => {
    expect(renyiOfStep({ rate: 1, multiplier: 2 }, 7)).toBeCloseTo(7 / 8, 12);
    expect(rhoOfSteps({ rate: 1, steps: 3, ordersMax: 50 }, 2)).toBeCloseTo(3 / 8, 12);
  });

  it('is near that of zCDP when rho is turned into epsilon at whole orders', () => {
    for (const rho of [0.001, 0.02, 0.3, 2]) {
      const [delta, ordersMax] = [1e-6, bestOrder({ rho, delta: 1e-6 })];
      const epsilon = epsilonAtOrders(rho, { delta, ordersMax });
      expect(epsilon).toBeGreaterThanOrEqual(epsilonOf({ rho, delta }) - 1e-9);
      expect(epsilon).toBeLessThan(1.02 * epsilonOf({ rho, delta }));
    }
  });

  it('falls with the noise, and the noise that is asked for costs what was given', () => {
    const given = { rate: 0.02, steps: 300, ordersMax: 30 };
    const multiplier = multiplierFor(given, 0.05);
    expect(rhoOfSteps(given, multiplier)).toBeLessThanOrEqual(0.05);
    expect(rhoOfSteps(given, multiplier * 0.99)).toBeGreaterThan(0.05);
  });

  it.each([
    [{ rate: 0, multiplier: 1 }, 2],
    [{ rate: 1.1, multiplier: 1 }, 2],
    [{ rate: 0.1, multiplier: 0 }, 2],
    [{ rate: 0.1, multiplier: 1 }, 1.5],
  ])('is not known for %o at order %d', (step, order) => {
    expect(() => renyiOfStep(step, order)).toThrow(RangeError);
  });
});

describe('an account of sampled sums', () => {
  const subjects = { neighbours: 'add-or-remove-a-subject', rowsPerSubject: 1, bound: 'declared' } as const;
  const account = (rowsPerSubject = 1): PrivacyAccount =>
    new PrivacyAccount({
      ...{ kind: 'zcdp', budget: unitsRoundedDown(0.05) },
      ...{ subjects: { ...subjects, rowsPerSubject }, noise: exactNoise(replayedBits('sums')) },
    });
  const asked = { oneOf: 20, steps: 100, ordersMax: 25, rho: unitsRoundedDown(0.04) };

  it('books all steps at once, and composes them at the orders that they hold for', () => {
    const opened = account();
    opened.sampledSums('100 steps', asked);
    const [entry] = opened.entries;
    expect(entry).toMatchObject({ mechanism: 'sampled-gaussian', queries: 100, ordersMax: 25 });
    const guarantee = composedGuarantee(opened.entries, 1e-6);
    expect(guarantee.epsilon).toBeCloseTo(epsilonAtOrders(0.04, { delta: 1e-6, ordersMax: 25 }), 6);
    const fewOrders = composedGuarantee([{ ...entry!, ordersMax: 4 }], 1e-6);
    expect(fewOrders.epsilon).toBeGreaterThan(guarantee.epsilon);
    expect(() => opened.sampledSums('again', asked)).toThrow(
      expect.objectContaining({ name: 'BudgetExceededError' }) as Error,
    );
  });

  it('draws each row by itself with the same chance', () => {
    const sums = account().sampledSums('steps', asked);
    const counts = Array.from({ length: 40 }, () => sums.draw(2000).length);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    // 40 draws of 2000 rows with a chance of 1/20: standard deviation of the mean 9.75 / sqrt(40) = 1.54; five of them.
    expect(Math.abs(mean - 100)).toBeLessThan(7.7);
    expect(new Set(counts).size).toBeGreaterThan(5); // Not a fixed batch.
  });

  it('adds noise of the size it says, on a grid that tells nothing of the sum', () => {
    const sums = account().sampledSums('steps', asked);
    const [clip, size] = [0.5, 3000];
    const noisy = sums.add(new Float32Array(size).fill(0.1), { clip, rowsMax: 40 });
    const step = clip / (1024 * Math.sqrt(size));
    expect(noisy.filter((value) => Math.abs(value / step - Math.round(value / step)) > 1e-3)).toHaveLength(0);
    const deviation = Math.sqrt(noisy.reduce((sum, value) => sum + (value - 0.1) ** 2, 0) / size);
    // The variance of 3000 draws has a relative standard deviation of sqrt(2 / 3000) = 2.6 %, the deviation half; five.
    expect(Math.abs(deviation / (clip * sums.multiplier) - 1)).toBeLessThan(0.065 + 0.004);
  });

  it('is none for subjects with several rows, nor for more rows than were allowed for', () => {
    expect(() => account(2).sampledSums('steps', asked)).toThrow(RangeError);
    const sums = account().sampledSums('steps', asked);
    for (const value of [NaN, Infinity])
      expect(() => sums.add(Float32Array.of(value), { clip: 1, rowsMax: 10 })).toThrow(RangeError);
  });
});
