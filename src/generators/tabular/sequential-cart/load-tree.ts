import { maskWords } from '../../../core/trees/tree.js';
import type { Tree } from '../../../core/trees/tree.js';
import type { ModelReader } from '../../model-file/model-reader.js';

/** A tree that ends: children come after their parents, and every leaf and every mask is there. */
export function readTree(reader: ModelReader, features: number): Tree {
  const tree: Tree = {
    feature: reader.at('feature').integers(),
    threshold: reader.at('threshold').integers(),
    left: reader.at('left').integers(),
    right: reader.at('right').integers(),
    masks: reader.at('masks').integers(),
    maskStart: reader.at('maskStart').integers(),
    leafCount: reader.at('leafCount').integer(1),
  };
  const size = tree.feature.length;
  for (const name of ['threshold', 'left', 'right', 'maskStart'] as const)
    if (tree[name].length !== size) reader.at(name).fail(`it has ${tree[name].length} nodes, not ${size}`);
  if (size === 0) reader.at('feature').fail('there is no root');
  for (let node = 0; node < size; node += 1) {
    const problem = problemOf(tree, node, features);
    if (problem) reader.at(problem.array).fail(`node ${node}: ${problem.text}`);
  }
  return tree;
}

interface Problem {
  readonly array: 'feature' | 'left' | 'right' | 'maskStart';
  readonly text: string;
}

function problemOf(tree: Tree, node: number, features: number): Problem | null {
  const feature = tree.feature[node] ?? -1;
  const left = tree.left[node] ?? -1;
  const right = tree.right[node] ?? -1;
  if (feature < 0)
    return left >= 0 && left < tree.leafCount ? null : { array: 'left', text: 'there is no such leaf' };
  if (feature >= features) return { array: 'feature', text: 'the column is not made before this one' };
  if (left <= node || left >= tree.feature.length)
    return { array: 'left', text: 'it does not lie behind its parent' };
  if (right <= node || right >= tree.feature.length)
    return { array: 'right', text: 'it does not lie behind its parent' };
  const start = tree.maskStart[node] ?? -1;
  const hasMask = (tree.threshold[node] ?? -1) < 0;
  if (hasMask && (start < 0 || start + maskWords > tree.masks.length))
    return { array: 'maskStart', text: 'its mask lies outside' };
  return null;
}
