import { everyNode } from '../data-node.js';
import { placeOf } from '../lint-folder.js';
import { shapeOf } from '../shapes/file-kind.js';
import { unknownParts } from '../shapes/shape.js';
import type { LintRule } from './lint-rule.js';

export const unknownStructure: LintRule = {
  id: 'unknown-structure',
  title: 'Every part of a file is of a form the linter knows',
  severity: 'review',
  reason: 'No rule looks at a part that is not where the format puts it.',
  find: ({ files }) =>
    files.flatMap(({ root, kind }) => {
      if (root === null) return [];
      if (kind === null)
        return [placeOf(root, 'This is none of the files the linter knows; no rule looked at it.')];
      const parts = unknownParts(root, shapeOf[kind]).map((part) =>
        placeOf(part, 'The format has no such part here, or it is of another type; no rule looked at it.'),
      );
      const tags = [...everyNode(root)]
        .filter(({ foreignTag }) => foreignTag !== null && !foreignTag.includes('python'))
        .map((node) => placeOf(node, 'This value has a tag; it was read as if it had none.'));
      return [...parts, ...tags];
    }),
};
