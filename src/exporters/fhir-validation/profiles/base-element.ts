import { nodeAt, type ElementNode } from '../definitions/element-tree.js';
import type { TypeCompiler } from '../compile/type-compiler.js';

/** What an element of a profile is by the definition of its type alone. */
export interface BaseElement {
  readonly type: string;
  readonly node: ElementNode;
}

/** The base of a child, through data types and references to content; undefined where the type has no such element. */
export function baseChild(
  { type, node }: BaseElement,
  name: string,
  typeOfValue: string | undefined,
  types: TypeCompiler,
): BaseElement | undefined {
  const { contentReference } = node.definition;
  if (contentReference !== undefined) {
    const shared = nodeAt(types.tree(type), contentReference);
    return baseChild({ type, node: shared }, name, undefined, types);
  }
  const own = node.children.get(name);
  if (own !== undefined) return { type, node: own };
  const code = typeOfValue ?? node.definition.type?.[0]?.code;
  if (code === undefined || !types.hasType(code)) return undefined;
  const child = types.tree(code).children.get(name);
  return child && { type: code, node: child };
}
