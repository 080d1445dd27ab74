import { everyNode, type DataNode } from '../data-node.js';
import { placeOf } from '../lint-folder.js';
import type { LintRule } from './lint-rule.js';

const mustBeOn = [
  'suppressed',
  'suppress',
  'suppression',
  'sampled',
  'censor_dims',
  'clamp_columns',
  'sample_max_ids',
];
/** With it each row counts as a person of its own, so somebody with many rows is hardly protected. */
const mustBeOff = ['row_privacy'];

export const protectionOff: LintRule = {
  id: 'protection-off',
  title: 'No protection is switched off',
  severity: 'fail',
  reason:
    'Rare values come through without censor_dims, and the guarantee of differential privacy does not hold without clamp_columns and sample_max_ids.',
  find: ({ files }, { cellCountMin }) =>
    files.flatMap(({ root }) =>
      root === null
        ? []
        : [...everyNode(root)]
            .filter((node) => isOff(node, cellCountMin))
            .map((node) => placeOf(node, 'A protection is switched off here, or set under the floor.')),
    ),
};

function isOff(node: DataNode, cellCountMin: number): boolean {
  const { step } = node;
  if (node.kind !== 'scalar' || typeof step !== 'string') return false;
  if (mustBeOn.includes(step)) return node.value === false;
  if (mustBeOff.includes(step)) return node.value === true;
  // Groups of this size are suppressed, those of one more are not.
  return step === 'suppress_count' && typeof node.value === 'number' && node.value + 1 < cellCountMin;
}
