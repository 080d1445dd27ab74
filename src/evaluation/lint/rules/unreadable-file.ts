import type { LintRule } from './lint-rule.js';

export const unreadableFile: LintRule = {
  id: 'unreadable-file',
  title: 'Every file can be read as plain data',
  severity: 'fail',
  reason:
    'What cannot be read cannot be reviewed: broken YAML, the same name twice, alias bombs, files of rows.',
  find: ({ files }) =>
    files.flatMap(({ name, problem }) =>
      problem ? [{ file: name, path: '', line: problem.line, why: problem.why }] : [],
    ),
};
