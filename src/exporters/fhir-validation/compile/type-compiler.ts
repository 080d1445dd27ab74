import { elementTree, jsonNames, nodeAt, choiceName, type ElementNode } from '../definitions/element-tree.js';
import type { Definitions } from '../definitions/read-definitions.js';
import type { ElementType, StructureDefinition } from '../definitions/structure-definition.js';
import { invariantOf } from '../invariants/invariants.js';
import { primitiveTypes } from '../primitives/primitive-types.js';
import { bindingCheck } from './binding-check.js';
import { extensionList, listOf, primitiveList } from './lists.js';
import { ObjectCheck, type Property } from './object-check.js';
import { primitiveCheck } from './primitive-check.js';
import { localReference, targetCheck } from './reference-check.js';
import type { ResourcePlaces } from './resource-places.js';
import type { Check } from './run.js';
import { wholesOfType } from './wholes-of-type.js';

export const baseUrl = 'http://hl7.org/fhir/StructureDefinition/';

/** Turns the definitions of types into checks, each once and when it is first asked for. */
export class TypeCompiler {
  private readonly made = new Map<string, ObjectCheck>();
  private readonly trees = new Map<string, ElementNode>();
  private readonly companion: ObjectCheck;

  constructor(
    readonly definitions: Definitions,
    private readonly places: ResourcePlaces,
  ) {
    this.companion = new ObjectCheck('Element', true);
    this.fill(this.companion, 'Element', this.tree('Element'));
  }

  /** The elements of a type, or of a profile on a data type, by its name. @throws {Error} when it is not defined */
  tree(type: string): ElementNode {
    let tree = this.trees.get(type);
    if (tree === undefined) {
      tree = elementTree(this.structure(type));
      this.trees.set(type, tree);
    }
    return tree;
  }

  /** The check of a complex type or a resource. @throws {Error} when it is not defined */
  object(type: string): ObjectCheck {
    return this.node(type, this.tree(type));
  }

  hasType(type: string): boolean {
    return this.definitions.structures.has(baseUrl + type);
  }

  private structure(type: string): StructureDefinition {
    const structure = this.definitions.structures.get(baseUrl + type);
    if (structure === undefined) throw new Error(`There is no definition of ${type}.`);
    return structure;
  }

  private node(type: string, node: ElementNode): ObjectCheck {
    const key = `${type} ${node.definition.id}`;
    let made = this.made.get(key);
    if (made === undefined) {
      made = new ObjectCheck(node.definition.id);
      this.made.set(key, made);
      this.fill(made, type, node);
    }
    return made;
  }

  private fill(object: ObjectCheck, type: string, node: ElementNode): void {
    if (node === this.tree(type)) {
      if (this.structure(type).kind === 'resource') object.properties.set('resourceType', anything);
      object.wholes.push(...wholesOfType(type, this.places));
    }
    let choices = 0;
    for (const child of node.children.values()) {
      const choice = child.name.endsWith('[x]') ? 1 << choices : 0;
      if (choice !== 0) choices += 1;
      this.addElement(object, type, child, choice);
      if (child.definition.min > 0)
        object.required.push({
          name: child.name,
          keys: jsonNames(child).flatMap((name) => [name, `_${name}`]),
        });
    }
    for (const constraint of node.definition.constraint ?? []) {
      const holds = invariantOf(constraint.key, node.definition.id);
      if (holds !== undefined) object.rules.push({ ...constraint, holds });
    }
  }

  private addElement(object: ObjectCheck, type: string, node: ElementNode, choice: number): void {
    const isList = node.definition.max !== '1';
    const isContent = node.name !== 'id';
    if (node.definition.max === '0') return;
    for (const one of this.typesOf(node)) {
      const name = node.name.endsWith('[x]') ? choiceName(node.name, one.code) : node.name;
      const check = this.valueCheck(type, node, one);
      const isPrimitive = Object.hasOwn(primitiveTypes, one.code);
      const look = isList ? (isPrimitive ? primitiveList(name, check) : listOf(check)) : check;
      object.properties.set(name, { look, choice, isContent });
      if (!isPrimitive || !isContent) continue;
      const others = jsonNames(node).filter((other) => other !== name);
      object.properties.set(`_${name}`, this.besidePrimitive(name, isList, others));
    }
  }

  private typesOf(node: ElementNode): readonly ElementType[] {
    if (node.definition.contentReference !== undefined) return [{ code: 'BackboneElement' }];
    return node.definition.type ?? [];
  }

  /** The `_name` beside a primitive value: an id, extensions, or both; `others` are the other names of a choice. */
  private besidePrimitive(name: string, isList: boolean, others: readonly string[]): Property {
    const { check } = this.companion;
    const look = isList ? extensionList(name, check) : check;
    if (others.length === 0) return { look, choice: 0, isContent: true };
    const lookAtChoice: Property['look'] = (value, run, parent) => {
      if (others.some((other) => parent[other] !== undefined))
        run.fail('choice', 'is a second value of a choice');
      look(value, run, parent);
    };
    return { look: lookAtChoice, choice: 0, isContent: true };
  }

  private valueCheck(type: string, node: ElementNode, elementType: ElementType): Check {
    const { definition } = node;
    const { code } = elementType;
    const checks = [this.plainCheck(type, node, elementType)];
    const binding = definition.binding && bindingCheck(definition.binding, code, this.definitions);
    if (binding !== undefined) checks.push(binding);
    const targets = code === 'Reference' ? targetCheck([elementType], this.definitions) : undefined;
    if (targets !== undefined) checks.push(targets);
    for (const { key, severity, human } of node.children.size > 0 ? [] : (definition.constraint ?? [])) {
      const holds = invariantOf(key, definition.id);
      if (holds === undefined || Object.hasOwn(primitiveTypes, code)) continue;
      checks.push((value, run) => {
        if (typeof value === 'object' && value !== null && !holds(value as Readonly<Record<string, unknown>>))
          run.add(severity, 'invariant', human, key);
      });
    }
    return inTurn(checks);
  }

  /** Ids of resources are of type id, those of elements any string. */
  private isResourceId({ definition }: ElementNode, type: string): boolean {
    return definition.id === `${type}.id` && this.structure(type).kind === 'resource';
  }

  private plainCheck(type: string, node: ElementNode, { code, profile }: ElementType): Check {
    const { contentReference } = node.definition;
    if (contentReference !== undefined)
      return this.node(type, nodeAt(this.tree(type), contentReference)).check;
    if (code === 'Resource') return node.name === 'contained' ? this.places.contained : this.places.root;
    if (code === 'canonical' || code === 'uri' || code === 'url') return localOr(primitiveCheck(code));
    if (Object.hasOwn(primitiveTypes, code))
      return primitiveCheck(this.isResourceId(node, type) ? 'id' : code);
    if (node.children.size > 0) return this.node(type, node).check;
    const profiled = profile?.[0]?.slice(baseUrl.length);
    return this.object(profiled !== undefined && this.hasType(profiled) ? profiled : code).check;
  }
}

const anything: Property = { look: () => undefined, choice: 0, isContent: true };

function inTurn(checks: readonly Check[]): Check {
  const [first, second, ...others] = checks;
  if (first === undefined) throw new Error('There is nothing to check.');
  if (second === undefined) return first;
  const rest = others.length === 0 ? second : inTurn([second, ...others]);
  return (value, run) => {
    first(value, run);
    rest(value, run);
  };
}

/** Canonicals may point to what the resource contains. */
function localOr(check: Check): Check {
  return (value, run) => {
    check(value, run);
    if (typeof value === 'string' && value.charCodeAt(0) === 35) localReference(value, run);
  };
}
