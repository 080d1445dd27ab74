import type { EvaluationContext } from './evaluation-context.js';

/** Works something out once for each evaluation, however many measures ask for it. */
export function onceAContext<Found, Context extends object = EvaluationContext>(
  work: (context: Context) => Promise<Found>,
): (context: Context) => Promise<Found> {
  const known = new WeakMap<Context, Promise<Found>>();
  return (context) => {
    const earlier = known.get(context);
    if (earlier) return earlier;
    const found = work(context);
    known.set(context, found);
    return found;
  };
}
