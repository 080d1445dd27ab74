/** A value read from a file, with the place it was read from. Nothing in it was executed or turned into a class. */
export type DataNode = MapNode | ListNode | ScalarNode;

interface NodeBase {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly parent: MapNode | ListNode | null;
  /** Its name in a map or its index in a list; null at the root. */
  readonly step: string | number | null;
  /** The how-manieth of its parent's members it is, from 0. */
  readonly position: number;
  /** The tag as written, when it is none of YAML's own. */
  readonly foreignTag: string | null;
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly entries: Map<string, DataNode>;
}

export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly items: DataNode[];
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

export function entryOf(node: DataNode | undefined, name: string): DataNode | undefined {
  return node?.kind === 'map' ? node.entries.get(name) : undefined;
}

/** The items of a list, and nothing for anything else. */
export function itemsOf(node: DataNode | undefined): readonly DataNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The members of a map, and nothing for anything else. */
export function membersOf(node: DataNode | undefined): readonly (readonly [string, DataNode])[] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

export function textOf(node: DataNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function numberOf(node: DataNode | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

export function isNull(node: DataNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** A node and everything below it, in the order of the file. */
export function* everyNode(node: DataNode): Generator<DataNode> {
  yield node;
  const below = node.kind === 'map' ? node.entries.values() : node.kind === 'list' ? node.items : [];
  for (const child of below) yield* everyNode(child);
}

/** As plain JavaScript values: no prototype of ours is reachable from a name like `__proto__`. */
export function plainValue(node: DataNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries([...node.entries].map(([name, member]) => [name, plainValue(member)]));
  }
}
