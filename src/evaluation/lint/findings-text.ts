import { plural } from '../figure.js';
import type { Finding } from './finding.js';

/** More of one rule in one file is counted, not listed. */
const shownMax = 20;

/** What `picketfence lint` prints: each finding with where and why, then how many there are. */
export function findingsText(findings: readonly Finding[], fileCount: number): string[] {
  const seen = new Map<string, number>();
  const lines: string[] = [];
  for (const finding of findings) {
    const kind = `${finding.file}: ${finding.rule}`;
    const number = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, number);
    if (number <= shownMax) lines.push(...findingText(finding));
  }
  for (const [kind, number] of seen) {
    if (number > shownMax)
      lines.push(`${visible(kind)}: ${plural(number - shownMax, 'more finding')} like these`);
  }
  return [...lines, summaryOf(findings, fileCount)];
}

function findingText({ severity, file, line, path, rule, why }: Finding): string[] {
  const where = visible(line === null ? file : `${file}:${line}`);
  return [`${severity.padEnd(6)}  ${where}  ${path === '' ? '' : `${path}  `}[${rule}]`, `        ${why}`];
}

function summaryOf(findings: readonly Finding[], fileCount: number): string {
  const files = plural(fileCount, 'file');
  if (findings.length === 0) return `Nothing found in ${files}.`;
  const fails = findings.filter(({ severity }) => severity === 'fail').length;
  const reviews = findings.length - fails;
  return `${plural(findings.length, 'finding')} in ${files}: ${plural(fails, 'fail')}, ${plural(reviews, 'review')}.`;
}

/** A file's name cannot write to the terminal. */
function visible(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
