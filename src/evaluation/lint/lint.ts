import type { DisclosureControl } from '../../core/profile/profile.js';
import type { Finding } from './finding.js';
import { readFolder, type LintFolder } from './lint-folder.js';
import { readLintFile, type LintFile } from './read-file.js';
import { lintRules } from './rules/registry.js';

export interface LintResult {
  readonly folder: LintFolder;
  /** By file, then by line. */
  readonly findings: readonly Finding[];
}

/** Reads the files of one folder as data, and says what must not leave and what a person must look at. */
export function lintFiles(files: readonly LintFile[], control: DisclosureControl): LintResult {
  const folder = readFolder(files.map(readLintFile));
  const findings = lintRules.flatMap((rule) =>
    rule.find(folder, control).map((place) => ({ rule: rule.id, severity: rule.severity, ...place })),
  );
  const order = (one: Finding): number => one.line ?? 0;
  return {
    folder,
    findings: findings.sort((a, b) => (a.file === b.file ? order(a) - order(b) : a.file < b.file ? -1 : 1)),
  };
}
