import type { LintRule } from './lint-rule.js';

export const uncheckedFile: LintRule = {
  id: 'unchecked-file',
  title: 'Nothing lies beside the files that were checked',
  severity: 'review',
  reason: 'A folder goes out as a whole, and a program or a table of rows beside the summaries goes with it.',
  find: ({ files }) =>
    files
      .filter(({ root, problem }) => root === null && problem === null)
      .map(({ name }) => ({
        ...{ file: name, path: '', line: null },
        why: 'This is of no format the linter reads, so nobody has looked inside.',
      })),
};
