import { elementTree, type ElementNode } from '../definitions/element-tree.js';
import type { StructureDefinition } from '../definitions/structure-definition.js';
import { bindingCheck } from '../compile/binding-check.js';
import { targetCheck } from '../compile/reference-check.js';
import { isFields, type Check, type Fields, type Run } from '../compile/run.js';
import type { TypeCompiler } from '../compile/type-compiler.js';
import { invariantOf, wholeInvariantOf } from '../invariants/invariants.js';
import { baseChild, type BaseElement } from './base-element.js';
import { atItem, finderOf, type Item } from './items.js';
import { isSame, matchesPattern } from './pattern.js';
import { sliceMatch, type Belongs } from './slice-match.js';

/** Looks at the values of one element in its parent. */
type ElementCheck = (parent: Fields, run: Run) => void;

/** Looks at one value of an element. */
type ItemCheck = (item: Item, run: Run) => void;

/**
 * What a profile asks beyond the type it is of. The type is checked for itself, so that only what differs from it is
 * compiled: cardinality, types of a choice, fixed values and patterns, bindings, targets, invariants and slices.
 */
export function compileProfile(structure: StructureDefinition, types: TypeCompiler): Check | undefined {
  const root = elementTree(structure);
  const base: BaseElement = { type: structure.type, node: types.tree(structure.type) };
  const check = new ProfileCompiler(types).value(root, base, undefined);
  if (check === undefined) return undefined;
  return (value, run) => {
    check({ value, key: '', index: -1, variant: '' }, run);
  };
}

class ProfileCompiler {
  constructor(private readonly types: TypeCompiler) {}

  /** The check of one value (not of how many there are); undefined when the profile asks nothing of it. */
  value(node: ElementNode, base: BaseElement, parentType: string | undefined): ItemCheck | undefined {
    const checks: Check[] = [
      ...this.own(node, base),
      ...invariants(node, base),
      ...this.children(node, base, parentType),
    ];
    if (checks.length === 0) return undefined;
    return ({ value }, run) => {
      for (const check of checks) check(value, run);
    };
  }

  private own({ definition }: ElementNode, { node }: BaseElement): Check[] {
    const { fixed, pattern, binding, type } = definition;
    const checks: Check[] = [];
    if (fixed !== undefined)
      checks.push((value, run) => {
        if (value !== undefined && !isSame(value, fixed))
          run.fail('fixed', 'is not the value that the profile fixes');
      });
    if (pattern !== undefined)
      checks.push((value, run) => {
        if (value !== undefined && !matchesPattern(value, pattern))
          run.fail('fixed', 'has not the pattern that the profile asks for');
      });
    const before = node.definition.binding;
    if (binding && (binding.valueSet !== before?.valueSet || binding.strength !== before.strength))
      checks.push(...present(bindingCheck(binding, type?.[0]?.code ?? 'code', this.types.definitions)));
    const targets = type?.find(({ code }) => code === 'Reference');
    if (
      targets &&
      !sameTargets(
        targets,
        node.definition.type?.find(({ code }) => code === 'Reference'),
      )
    )
      checks.push(...present(targetCheck([targets], this.types.definitions)));
    return checks;
  }

  private children(node: ElementNode, base: BaseElement, parentType: string | undefined): Check[] {
    const typeOfValue = parentType ?? node.definition.type?.[0]?.code;
    const checks = [...node.children.values()].flatMap((child) => {
      const childBase = baseChild(base, child.name, typeOfValue, this.types);
      return childBase === undefined ? [] : present(this.element(child, childBase));
    });
    if (checks.length === 0) return [];
    return [
      (value, run) => {
        if (isFields(value)) for (const check of checks) check(value, run);
      },
    ];
  }

  private element(node: ElementNode, base: BaseElement): ElementCheck | undefined {
    const find = finderOf(node.name, base.node.definition.type?.map(({ code }) => code) ?? []);
    const counts = countCheck(node, base);
    const variants = variantCheck(node, base);
    const each = this.value(node, base, undefined);
    const slices = this.slices(node, base);
    const wholes = wholeInvariants(node, base);
    if (!counts && !variants && !each && !slices && wholes.length === 0) return undefined;
    return (parent, run) => {
      const items = find(parent);
      counts?.(items, run);
      for (const item of items) {
        if (variants !== undefined || each !== undefined)
          atItem(item, run, () => {
            variants?.(item, run);
            each?.(item, run);
          });
      }
      slices?.(items, run);
      for (const whole of wholes) whole(parent, run);
    };
  }

  private slices(
    node: ElementNode,
    base: BaseElement,
  ): ((items: readonly Item[], run: Run) => void) | undefined {
    const { slicing } = node.definition;
    if (slicing === undefined || node.slices.length === 0) return undefined;
    const slices = node.slices.flatMap((slice) => {
      const belongs = sliceMatch(slice, slicing, this.types.definitions);
      const counts = sliceCount(slice);
      const each = this.value(slice, base, slice.definition.type?.[0]?.code);
      return belongs === undefined ? [] : [{ belongs, counts, each }];
    });
    const isClosed = slicing.rules === 'closed' && slices.length === node.slices.length;
    if (!isClosed && slices.every(({ counts, each }) => !counts && !each)) return undefined;
    return (items, run) => {
      for (const { belongs, counts, each } of slices) {
        const ofSlice = items.filter(belongs);
        counts?.(ofSlice, run);
        if (each !== undefined)
          for (const item of ofSlice)
            atItem(item, run, () => {
              each(item, run);
            });
      }
      if (isClosed) allBelong(items, slices, run);
    };
  }
}

function allBelong(items: readonly Item[], slices: readonly { belongs: Belongs }[], run: Run): void {
  for (const item of items)
    if (!slices.some(({ belongs }) => belongs(item)))
      atItem(item, run, () => {
        run.fail('slice', 'belongs to none of the slices that the profile closes');
      });
}

type CountCheck = (items: readonly Item[], run: Run) => void;

function countCheck({ name, definition }: ElementNode, { node }: BaseElement): CountCheck | undefined {
  const { min, max } = definition;
  if (min <= node.definition.min && max === node.definition.max) return undefined;
  const most = max === '*' ? Infinity : Number(max);
  return ({ length }, run) => {
    if (length < min) run.fail('cardinality', `has ${length} of ${name}; the profile asks for ${min}`);
    if (length > most) run.fail('cardinality', `has ${length} of ${name}; the profile allows ${max}`);
  };
}

/** A slice whose least number is above its greatest is a mistake of the profile: only the greatest counts. */
function sliceCount({ name, definition }: ElementNode): CountCheck | undefined {
  const { max, sliceName } = definition;
  const most = max === '*' ? Infinity : Number(max);
  const min = definition.min > most ? 0 : definition.min;
  if (min === 0 && most === Infinity) return undefined;
  const slice = `${name}:${sliceName ?? ''}`;
  return ({ length }, run) => {
    if (length < min) run.fail('slice', `has ${length} of ${slice}; the profile asks for ${min}`);
    if (length > most) run.fail('slice', `has ${length} of ${slice}; the profile allows ${max}`);
  };
}

function variantCheck({ name, definition }: ElementNode, { node }: BaseElement): ItemCheck | undefined {
  if (!name.endsWith('[x]')) return undefined;
  const allowed = new Set(definition.type?.map(({ code }) => code));
  if (allowed.size === (node.definition.type?.length ?? 0)) return undefined;
  return ({ variant }, run) => {
    if (!allowed.has(variant)) run.fail('type', `is of type ${variant}, which the profile does not allow`);
  };
}

function invariants(node: ElementNode, base: BaseElement): Check[] {
  return newConstraints(node, base).flatMap(({ key, severity, human }): Check[] => {
    const holds = invariantOf(key, node.definition.id);
    if (holds === undefined) return [];
    return [
      (value, run) => {
        if (isFields(value) && !holds(value)) run.add(severity, 'invariant', human, key);
      },
    ];
  });
}

function wholeInvariants(node: ElementNode, base: BaseElement): ElementCheck[] {
  return newConstraints(node, base).flatMap(({ key, severity, human }): ElementCheck[] => {
    const holds = wholeInvariantOf(key);
    if (holds === undefined) return [];
    return [
      (parent, run) => {
        if (!holds(parent)) run.add(severity, 'invariant', human, key);
      },
    ];
  });
}

function newConstraints(
  { definition }: ElementNode,
  { node }: BaseElement,
): NonNullable<typeof definition.constraint> {
  const known = new Set(node.definition.constraint?.map(({ key }) => key));
  return (definition.constraint ?? []).filter(({ key }) => !known.has(key));
}

function sameTargets(
  one: { readonly targetProfile?: readonly string[] },
  other: { readonly targetProfile?: readonly string[] } | undefined,
): boolean {
  return (one.targetProfile ?? []).join(' ') === (other?.targetProfile ?? []).join(' ');
}

function present<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
