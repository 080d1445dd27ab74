import { isCodeName } from '../column-meaning.js';
import { placeOf } from '../lint-folder.js';
import type { LintRule } from './lint-rule.js';

export const codeAveraged: LintRule = {
  id: 'code-averaged',
  title: 'No mean or deviation of codes',
  severity: 'review',
  reason: 'A code has no mean; a generator that draws from one makes values that are no codes.',
  find: ({ statistics }) =>
    statistics.flatMap(({ rows: [first], columns }) =>
      columns
        .filter(({ meaning, columns: sources }) => meaning === 'average' && sources.some(isCodeName))
        .flatMap(({ key }) => {
          const at = first?.entries.get(key);
          return at ? [placeOf(at, 'A figure was computed from a column of codes, which have no mean.')] : [];
        }),
    ),
};
