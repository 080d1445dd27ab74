import { writeFileSync } from 'node:fs';

/**
 * Ends a test run with one line for machines: `N passed, N failed, N skipped`. With TEST_SUMMARY_FILE the counts go
 * there instead, for scripts/test.mjs to print once Jest has gone and nothing can follow.
 */
export default class PlainSummaryReporter {
  onRunComplete(_contexts, results) {
    const counts = countTests(results);
    const file = process.env.TEST_SUMMARY_FILE;
    if (file) writeFileSync(file, JSON.stringify(counts));
    else process.once('exit', () => process.stdout.write(`${summaryLine(counts)}\n`));
  }
}

/** A file that does not run counts as a failed test, a test that is yet to be written as a skipped one. */
export function countTests({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const brokenFiles = testResults.filter(
    ({ failureMessage, testExecError, numFailingTests }) =>
      numFailingTests === 0 && Boolean(testExecError ?? failureMessage),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + brokenFiles.length,
    skipped: numPendingTests + numTodoTests,
  };
}

export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
