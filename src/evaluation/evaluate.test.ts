import { readFileSync } from 'node:fs';
import { evaluate } from './evaluate.js';
import type { Measure } from './measure.js';
import { NotComputableError } from './not-computable-error.js';
import { measures } from './registry.js';
import { anEvaluation } from './testing/an-evaluation.js';
import { sourceOf } from './testing/columns.js';

const context = anEvaluation({ source: sourceOf({}), candidate: sourceOf({}) });
const measure = (value: number | Error, direction: 'higher' | 'lower' = 'higher'): Measure => ({
  name: 'likeness',
  title: 'Likeness',
  direction,
  run: () =>
    value instanceof Error
      ? Promise.reject(value)
      : Promise.resolve({ value, direction, explanation: `It is ${value}.` }),
});
const oneCheck = async (found: Measure, threshold = { pass: 0.8, fail: 0.5 }): Promise<unknown> =>
  (await evaluate(context, { likeness: threshold }, [found]))[0];

describe('an evaluation', () => {
  it.each([
    [0.9, 'pass'],
    [0.8, 'pass'],
    [0.79, 'review'],
    [0.5, 'review'],
    [0.49, 'fail'],
  ])('judges %d, higher being better, as %s', async (value, status) => {
    expect(await oneCheck(measure(value))).toMatchObject({ value, status });
  });

  it.each([
    [0, 'pass'],
    [1, 'review'],
    [2, 'review'],
    [3, 'fail'],
  ])('judges %d, lower being better, as %s', async (value, status) => {
    expect(await oneCheck(measure(value, 'lower'), { pass: 0, fail: 2 })).toMatchObject({ value, status });
  });

  it('fails what crashed and keeps its message, which may hold a source value, from people', async () => {
    const crashes: unknown[] = [];
    const crash = new TypeError('cannot convert "Ann Smith"');
    const onCheckCrash = (check: string, error: unknown): void => void crashes.push([check, error]);
    const list = [measure(crash)];
    const [check] = await evaluate({ ...context, onCheckCrash }, { likeness: { pass: 1, fail: 0 } }, list);
    expect(check).toMatchObject({
      value: null,
      status: 'fail',
      explanation: 'This check crashed (TypeError) and counts as failed.',
    });
    expect(crashes).toEqual([['likeness', crash]]);
  });

  it.each([NaN, Infinity, new NotComputableError('No column was asked for.')])(
    'fails what cannot be computed: %s',
    async (value) => {
      expect(await oneCheck(measure(value))).toMatchObject({
        value: null,
        status: 'fail',
        explanation: expect.stringMatching(
          /^This check could not be computed and counts as failed\. /,
        ) as string,
      });
    },
  );

  it('fails a check that the policy sets no usable threshold for', async () => {
    const [check] = await evaluate(context, { likeness: { pass: NaN, fail: 0 } }, [measure(1)]);
    expect(check).toMatchObject({
      value: null,
      status: 'fail',
      explanation: expect.stringContaining('no threshold') as string,
    });
  });

  it('runs what the policy demands of this tier and nothing else', async () => {
    expect(await evaluate(context, {}, [measure(1)])).toEqual([]);
  });

  it('fails a check that the policy demands and nobody wrote', async () => {
    const thresholds = { likeness: { pass: 0, fail: 0 }, 'distance-to-nearest': { pass: 1, fail: 1 } };
    const checks = await evaluate(context, thresholds, [measure(1)]);
    expect(checks.map(({ name, status }) => [name, status])).toEqual([
      ['likeness', 'pass'],
      ['distance-to-nearest', 'fail'],
    ]);
    expect(checks[1]?.explanation).toContain('this check did not run');
  });

  it('stops when it is cancelled, before or within a check', async () => {
    const thresholds = { likeness: { pass: 0, fail: 0 } };
    await expect(
      evaluate({ ...context, signal: AbortSignal.abort() }, thresholds, [measure(1)]),
    ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
    const controller = new AbortController();
    const cancelled: Measure = {
      ...measure(1),
      run: () => {
        controller.abort(new Error('cancelled by Ann'));
        return Promise.reject(new Error('connection closed'));
      },
    };
    const run = evaluate({ ...context, signal: controller.signal }, thresholds, [cancelled]);
    await expect(run).rejects.toThrow('cancelled by Ann');
  });

  it('reports its progress', async () => {
    const progress: unknown[] = [];
    const onProgress = (step: unknown): void => void progress.push(step);
    await evaluate({ ...context, onProgress }, { likeness: { pass: 0, fail: 0 } }, [measure(1)]);
    expect(progress).toEqual([{ check: 'likeness', done: 1, total: 1 }]);
  });

  it('has a measure for each threshold of the policies, and no other', () => {
    const demanded = ['structural', 'low', 'high'].flatMap((tier) => {
      const policy = JSON.parse(readFileSync(`policies/thresholds/${tier}.json`, 'utf8')) as {
        checks: object;
        declaredChecks?: object;
      };
      return Object.keys({ ...policy.checks, ...policy.declaredChecks });
    });
    const report = JSON.parse(readFileSync('policies/evaluation.json', 'utf8')) as { measures: object };
    const known = measures.map(({ name }) => name);
    const judged = Object.keys(report.measures).filter((name) => known.includes(name));
    expect(known.sort()).toEqual([...new Set([...demanded, ...judged])].sort());
  });
});
