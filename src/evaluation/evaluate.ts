import { UnknownColumnError } from '../core/schema/unknown-column-error.js';
import type { Check, CheckStatus, CheckThreshold } from './check.js';
import type { CheckRun, EvaluationContext } from './evaluation-context.js';
import type { Measure, Measurement } from './measure.js';
import { NotComputableError } from './not-computable-error.js';
import { measures } from './registry.js';

/** What the policy demands, by the name of the check. */
export type Thresholds = Readonly<Record<string, CheckThreshold>>;

/**
 * Every check that the policy demands, in the order of the list, then one failed check for each name that the list
 * lacks. What crashed, could not be computed or has no usable threshold is a fail: absent evidence is never a pass.
 * @throws what `signal` was aborted with
 */
export async function evaluate(
  context: EvaluationContext,
  thresholds: Thresholds,
  list: readonly Measure[] = measures,
): Promise<Check[]> {
  return runChecks(context, thresholds, list);
}

/** As {@link evaluate}, of measures that look at something else. */
export async function runChecks<Context extends CheckRun>(
  context: Context,
  thresholds: Thresholds,
  list: readonly Measure<Context>[],
): Promise<Check[]> {
  const checks: Check[] = [];
  const demanded = list.filter(({ name }) => Object.hasOwn(thresholds, name));
  for (const measure of demanded) {
    context.signal?.throwIfAborted();
    checks.push(judge(measure, await measured(measure, context), ownThreshold(thresholds, measure.name)));
    context.onProgress?.({ check: measure.name, done: checks.length, total: demanded.length });
  }
  const known = new Set(list.map(({ name }) => name));
  const unknown = Object.keys(thresholds).filter((name) => !known.has(name));
  return [...checks, ...unknown.map((name) => didNotRun(name, ownThreshold(thresholds, name)))];
}

async function measured<Context extends CheckRun>(
  measure: Measure<Context>,
  context: Context,
): Promise<Measurement> {
  try {
    const found = await measure.run(context);
    return Number.isFinite(found.value) ? found : notComputable(measure, found.explanation);
  } catch (caught) {
    context.signal?.throwIfAborted();
    if (caught instanceof Error && caught.name === 'AbortError') throw caught;
    // Names of columns are no values: whoever reads the check is told which one is not there.
    const error = caught instanceof UnknownColumnError ? new NotComputableError(caught.message) : caught;
    context.onCheckCrash?.(measure.name, error);
    if (error instanceof NotComputableError) return notComputable(measure, error.message);
    // The kind of error helps whoever looks into it; its message may hold a source value and goes to the log only.
    const kind = error instanceof Error ? error.name : typeof error;
    const explanation = `This check crashed (${kind}) and counts as failed.`;
    return { value: NaN, direction: measure.direction, explanation };
  }
}

function notComputable({ direction }: Pick<Measure, 'direction'>, reason: string): Measurement {
  const explanation = `This check could not be computed and counts as failed. ${reason}`;
  return { value: NaN, direction, explanation };
}

function judge(
  measure: Pick<Measure, 'name'>,
  found: Measurement,
  threshold: CheckThreshold | undefined,
): Check {
  const { name } = measure;
  const { direction, explanation } = found;
  if (!threshold) {
    const reason = `The policy sets no threshold for this check, so it counts as failed. ${explanation}`;
    return { name, value: null, direction, threshold: noThreshold, status: 'fail', explanation: reason };
  }
  if (!Number.isFinite(found.value)) {
    return { name, value: null, direction, threshold, status: 'fail', explanation };
  }
  return { ...found, name, threshold, status: statusOf(found, threshold) };
}

/** At or on the good side of `pass`: pass; on the bad side of `fail`: fail; between them: review. */
function statusOf({ value, direction }: Measurement, threshold: CheckThreshold): CheckStatus {
  const sign = direction === 'higher' ? 1 : -1;
  if (sign * value < sign * threshold.fail) return 'fail';
  return sign * value >= sign * threshold.pass ? 'pass' : 'review';
}

function didNotRun(name: string, threshold: CheckThreshold = noThreshold): Check {
  const explanation =
    'The policy demands this check and this check did not run: no check of that name exists.';
  return { name, value: null, direction: 'higher', threshold, status: 'fail', explanation };
}

/** Stands where the policy says nothing; the status is 'fail' then, whatever the value. */
const noThreshold: CheckThreshold = { pass: 0, fail: 0 };

function ownThreshold(thresholds: Thresholds, name: string): CheckThreshold | undefined {
  const threshold = Object.hasOwn(thresholds, name) ? thresholds[name] : undefined;
  const isUsable = threshold && Number.isFinite(threshold.pass) && Number.isFinite(threshold.fail);
  return isUsable ? threshold : undefined;
}
