import { groupBy } from '../../core/collections/group-by.js';
import type { OmopQualityReport, ReportedCheck } from './report.js';

/** The report in a few lines: how many checks came out how, then each that failed or could not be made. */
export function summariseReport({ CheckResults: checks }: OmopQualityReport): string[] {
  const lines = [`${checks.length} checks: ${tally(checks)}.`];
  for (const [severity, some] of groupBy(checks, (check) => check.severity))
    lines.push(`  ${severity}: ${tally(some)}`);
  for (const check of checks) {
    if (check.failed === 1) lines.push(`failed (${check.severity})  ${placeOf(check)}: ${numbersOf(check)}`);
    if (check.isError === 1) lines.push(`not made  ${placeOf(check)}: ${check.error ?? ''}`);
  }
  return lines;
}

function tally(checks: readonly ReportedCheck[]): string {
  const count = (test: (check: ReportedCheck) => boolean): number => checks.filter(test).length;
  return [
    `${count((check) => check.passed === 1)} passed`,
    `${count((check) => check.failed === 1)} failed`,
    `${count((check) => check.isError === 1)} could not be made`,
    `${count((check) => check.notApplicable === 1)} not applicable`,
  ].join(', ');
}

function placeOf({ checkName, cdmTableName, cdmFieldName, conceptId }: ReportedCheck): string {
  const place = [cdmTableName, cdmFieldName].filter((part) => part !== null).join('.');
  return `${checkName} ${place.toLowerCase()}${conceptId === null ? '' : ` (${conceptId})`}`;
}

function numbersOf({ numViolatedRows, numDenominatorRows, thresholdValue }: ReportedCheck): string {
  const allowed = thresholdValue === null || thresholdValue === 0 ? 'none' : `${thresholdValue} %`;
  return `${numViolatedRows ?? '?'} of ${numDenominatorRows ?? '?'}, ${allowed} allowed`;
}
