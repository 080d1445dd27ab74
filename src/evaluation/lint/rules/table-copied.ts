import { entryOf, membersOf } from '../data-node.js';
import type { Place } from '../finding.js';
import { placeOf } from '../lint-folder.js';
import type { ReadFile } from '../read-file.js';
import type { LintRule } from './lint-rule.js';

export const tableCopied: LintRule = {
  id: 'table-copied',
  title: 'No table is copied row by row',
  severity: 'review',
  reason:
    'A vocabulary is copied whole. That is right for a code list and wrong for a table of staff, wards or places.',
  find: ({ files }) =>
    files.flatMap((file) => [
      ...copiedByConfig(file),
      ...(file.kind === 'table-rows' && file.root
        ? [
            placeOf(
              file.root,
              'This is a table as it stands in the source; see that it is a public code list.',
            ),
          ]
        : []),
    ]),
};

function copiedByConfig({ kind, root }: ReadFile): Place[] {
  if (kind !== 'config' || root === null) return [];
  return membersOf(entryOf(root, 'tables')).flatMap(([, table]) => {
    const flag = entryOf(table, 'vocabulary_table');
    const isCopied = flag?.kind === 'scalar' && flag.value === true;
    return isCopied ? [placeOf(flag, 'The whole table is copied; see that it is a public code list.')] : [];
  });
}
