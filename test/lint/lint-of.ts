import { lintFiles, type LintResult } from '../../src/evaluation/lint/lint.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';

export const lintControl = loadPolicy('policies').disclosure;

/** Lints files given as text. */
export function lintOf(files: Readonly<Record<string, string>>): LintResult {
  const bytes = new TextEncoder();
  return lintFiles(
    Object.entries(files).map(([name, text]) => ({ name, bytes: bytes.encode(text) })),
    lintControl,
  );
}
