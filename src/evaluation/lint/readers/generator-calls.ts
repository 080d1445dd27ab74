import { entryOf, itemsOf, membersOf, textOf, type DataNode } from '../data-node.js';
import type { ReadFile } from '../read-file.js';

/** A call that the configuration asks for; its name and arguments are pasted into a Python program. */
export interface GeneratorCall {
  readonly node: DataNode;
  /** The function to call. */
  readonly name: DataNode | undefined;
  readonly functionName: string;
  readonly kind: 'row' | 'missingness' | 'story' | 'object';
  readonly args: readonly DataNode[];
}

export function readCalls({ kind, root }: ReadFile): GeneratorCall[] {
  if (kind !== 'config' || root === null) return [];
  const tables = membersOf(entryOf(root, 'tables')).map(([, table]) => table);
  const calls = (owner: DataNode, list: string, what: GeneratorCall['kind']): GeneratorCall[] =>
    itemsOf(entryOf(owner, list)).map((node) => callOf(node, what, 'name'));
  return [
    ...tables.flatMap((table) => [
      ...calls(table, 'row_generators', 'row'),
      ...calls(table, 'missingness_generators', 'missingness'),
    ]),
    ...calls(root, 'story_generators', 'story'),
    ...membersOf(entryOf(root, 'object_instantiation')).map(([, node]) => callOf(node, 'object', 'class')),
  ];
}

function callOf(node: DataNode, kind: GeneratorCall['kind'], nameKey: string): GeneratorCall {
  const name = entryOf(node, nameKey);
  return {
    ...{ node, name, kind, functionName: textOf(name) ?? '' },
    args: [
      ...itemsOf(entryOf(node, 'args')),
      ...membersOf(entryOf(node, 'kwargs')).map(([, value]) => value),
    ],
  };
}
