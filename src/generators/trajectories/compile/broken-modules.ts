import type { Problem } from '../library/problem.js';

/**
 * The modules that cannot run: those with an error, and those that call one of them, which gets a problem of its own.
 * `problems` grows by these.
 */
export function brokenModules(
  calls: ReadonlyMap<string, ReadonlySet<string>>,
  problems: Problem[],
): Set<string> {
  const broken = new Set(problems.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  for (const one of broken)
    for (const [caller, called] of calls) {
      if (!called.has(one) || broken.has(caller)) continue;
      broken.add(caller);
      const message = `calls "${one}", which cannot run.`;
      problems.push({ severity: 'error', file: caller, state: null, field: null, message });
    }
  return broken;
}
