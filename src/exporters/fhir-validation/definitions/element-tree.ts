import type { ElementDefinition, StructureDefinition } from './structure-definition.js';

/** One element of a definition with what is below it. */
export interface ElementNode {
  /** Within its parent; a choice keeps its `[x]`. */
  readonly name: string;
  readonly definition: ElementDefinition;
  readonly children: Map<string, ElementNode>;
  readonly slices: ElementNode[];
}

/** The elements of a definition as a tree, slices beside what they slice. @throws {Error} when a parent is missing */
export function elementTree({ url, elements }: StructureDefinition): ElementNode {
  const nodes = new Map<string, ElementNode>();
  for (const definition of elements) {
    const { id } = definition;
    const [, parentId, step = id] = /^(.*)\.([^.]+)$/.exec(id) ?? [];
    const name = step.split(':')[0] ?? step;
    const node: ElementNode = { name, definition, children: new Map(), slices: [] };
    nodes.set(id, node);
    if (parentId === undefined) continue;
    const parent = nodes.get(parentId);
    if (parent === undefined) throw new Error(`${url}: ${id} has no parent.`);
    if (step === name) parent.children.set(name, node);
    else siblingOf(parent, name, id).slices.push(node);
  }
  const root = elements[0] && nodes.get(elements[0].id);
  if (root === undefined) throw new Error(`${url} has no elements.`);
  return root;
}

function siblingOf(parent: ElementNode, name: string, id: string): ElementNode {
  const sliced = parent.children.get(name);
  if (sliced === undefined) throw new Error(`${id} slices an element that is not there.`);
  return sliced;
}

/** The node with an id below `root`. @throws {Error} when there is none */
export function nodeAt(root: ElementNode, id: string): ElementNode {
  let node = root;
  for (const step of id.split('.').slice(1)) {
    const child = node.children.get(step);
    if (child === undefined) throw new Error(`${id} is not in the definition of ${root.name}.`);
    node = child;
  }
  return node;
}

/** The names in JSON of an element: one for each type of a choice. */
export function jsonNames({ name, definition }: ElementNode): string[] {
  if (!name.endsWith('[x]')) return [name];
  return (definition.type ?? []).map(({ code }) => choiceName(name, code));
}

/** `value[x]` of type `dateTime` is `valueDateTime`. */
export function choiceName(name: string, type: string): string {
  return name.slice(0, -3) + type.charAt(0).toUpperCase() + type.slice(1);
}
