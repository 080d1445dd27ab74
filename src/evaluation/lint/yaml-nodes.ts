import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type ParsedNode } from 'yaml';
import type { DataNode, ListNode, MapNode } from './data-node.js';
import { UnreadableError } from './unreadable-error.js';

/** More than any summary of a source has, and little enough to look at in a second. Aliases count each time they are used. */
const nodesMax = 200_000;
/** Aliases inside aliases can be deep where no text is. */
const depthMax = 100;

type Container = MapNode | ListNode;

interface Position {
  readonly parent: Container | null;
  readonly step: string | number | null;
  readonly position: number;
}

/** Turns the nodes of the YAML library into our own, with aliases put in place and within a budget. */
export class NodeReader {
  private count = 0;
  private depth = 0;
  private readonly anchors = new Map<string, Node>();
  private readonly underWay = new Set<Node>();

  constructor(
    private readonly file: string,
    private readonly lines: LineCounter,
  ) {}

  read(node: ParsedNode | null): DataNode {
    return this.convert(node, { parent: null, step: null, position: 0 }, 1);
  }

  private convert(node: Node | null, position: Position, lineAbove: number): DataNode {
    const line = node?.range ? this.lines.linePos(node.range[0]).line : lineAbove;
    this.count += 1;
    if (this.count > nodesMax) throw new UnreadableError(`It has more than ${nodesMax} values.`, line);
    if (node === null) return this.scalar(null, position, line, null);
    if (isAlias(node)) return this.followed(node.source, position, line);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    const foreignTag = foreignTagOf(node.tag);
    if (isScalar(node)) return this.scalar(node.value, position, line, foreignTag);
    if (this.depth >= depthMax)
      throw new UnreadableError(`It is nested more than ${depthMax} levels deep.`, line);
    this.underWay.add(node);
    this.depth += 1;
    const made = this.container(node, { ...position, file: this.file, line, foreignTag });
    this.depth -= 1;
    this.underWay.delete(node);
    return made;
  }

  private container(node: Node, base: Omit<MapNode, 'kind' | 'entries'>): DataNode {
    if (isSeq<Node>(node)) {
      const list: ListNode = { ...base, kind: 'list', items: [] };
      for (const [index, item] of node.items.entries()) {
        list.items.push(this.convert(item, { parent: list, step: index, position: index }, base.line));
      }
      return list;
    }
    if (!isMap<Node, Node | null>(node))
      throw new UnreadableError('It holds a value of no known kind.', base.line);
    const map: MapNode = { ...base, kind: 'map', entries: new Map() };
    for (const { key, value } of node.items) {
      const name = this.keyText(key, base.line);
      if (map.entries.has(name)) {
        const at = key.range ? this.lines.linePos(key.range[0]).line : base.line;
        throw new UnreadableError('A map has the same name twice, so readers disagree on what it says.', at);
      }
      map.entries.set(
        name,
        this.convert(value, { parent: map, step: name, position: map.entries.size }, base.line),
      );
    }
    return map;
  }

  private followed(anchor: string, position: Position, line: number): DataNode {
    const target = this.anchors.get(anchor);
    if (target === undefined) throw new UnreadableError('An alias refers to nothing.', line);
    if (this.underWay.has(target)) throw new UnreadableError('An alias refers to what it is part of.', line);
    return this.convert(target, position, line);
  }

  private keyText(key: Node, line: number): string {
    const node = isAlias(key) ? this.anchors.get(key.source) : key;
    if (!isScalar(node)) throw new UnreadableError('A map has a name that is not plain text.', line);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (foreignTagOf(node.tag) !== null) throw new UnreadableError('A name in a map has a tag.', line);
    return String(node.value);
  }

  private scalar(value: unknown, position: Position, line: number, foreignTag: string | null): DataNode {
    const base = { ...position, file: this.file, line, foreignTag, kind: 'scalar' as const };
    if (value === null || value === undefined) return { ...base, value: null };
    if (typeof value === 'string' || typeof value === 'boolean') return { ...base, value };
    if (typeof value === 'number' || typeof value === 'bigint') return { ...base, value: Number(value) };
    throw new UnreadableError('It holds a value of no known kind.', line);
  }
}

/** Tags of the core schema say what the value is anyway. */
const ownTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

function foreignTagOf(tag: string | undefined): string | null {
  return tag === undefined || tag === '!' || ownTags.has(tag) ? null : tag;
}
