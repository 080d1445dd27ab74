import type { DataNode } from '../data-node.js';

/** How a part of a file is built, as far as we know it. A scalar may always be null. */
export type Shape =
  | 'anything'
  | 'text'
  | 'number'
  | 'boolean'
  | 'scalar'
  | { readonly list: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly others?: Shape }
  | { readonly oneOf: readonly Shape[] };

/** The parts of a file that are not built as the shape says: nobody has looked at what is in them. */
export function unknownParts(node: DataNode, shape: Shape): DataNode[] {
  if (typeof shape === 'string') return isOfKind(node, shape) ? [] : [node];
  if ('oneOf' in shape) {
    const attempts = shape.oneOf.map((one) => unknownParts(node, one));
    return (
      attempts.find((parts) => parts.length === 0) ??
      attempts.find((parts) => !parts.includes(node)) ?? [node]
    );
  }
  if ('list' in shape) {
    return node.kind === 'list' ? node.items.flatMap((item) => unknownParts(item, shape.list)) : [node];
  }
  if (node.kind !== 'map') return [node];
  return [...node.entries].flatMap(([name, member]) => {
    const known = Object.hasOwn(shape.fields, name) ? shape.fields[name] : shape.others;
    return known === undefined ? [member] : unknownParts(member, known);
  });
}

function isOfKind(node: DataNode, shape: 'anything' | 'text' | 'number' | 'boolean' | 'scalar'): boolean {
  if (shape === 'anything') return true;
  if (node.kind !== 'scalar') return false;
  if (shape === 'scalar' || node.value === null) return true;
  return shape === 'text' ? typeof node.value === 'string' : typeof node.value === shape;
}
