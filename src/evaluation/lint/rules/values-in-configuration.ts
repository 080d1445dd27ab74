import { everyNode } from '../data-node.js';
import { placeOf } from '../lint-folder.js';
import type { LintRule } from './lint-rule.js';

export const valuesInConfiguration: LintRule = {
  id: 'values-in-configuration',
  title: 'No values are written into the configuration',
  severity: 'review',
  reason: 'Values in an argument came from somewhere, and no query, count or filter says from where.',
  find: ({ calls }) =>
    calls.flatMap(({ args }) =>
      args
        .flatMap((arg) => [...everyNode(arg)])
        .filter(
          (node) => node.kind === 'list' && node.items.filter((item) => item.kind === 'scalar').length > 1,
        )
        .map((node) => placeOf(node, 'A list of values is written here; ask where it came from.')),
    ),
};
