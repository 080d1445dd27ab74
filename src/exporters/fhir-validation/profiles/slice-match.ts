import type { ElementNode } from '../definitions/element-tree.js';
import type { Definitions } from '../definitions/read-definitions.js';
import type { Slicing } from '../definitions/structure-definition.js';
import { isFields } from '../compile/run.js';
import { valuesAt, type Item } from './items.js';
import { isSame, matchesPattern } from './pattern.js';

export type Belongs = (item: Item) => boolean;

/** Tells which values belong to a slice; undefined when a discriminator cannot be told from the value alone. */
export function sliceMatch(
  slice: ElementNode,
  { discriminator }: Slicing,
  definitions: Definitions,
): Belongs | undefined {
  const tests = discriminator.map(({ type, path }) =>
    type === 'type' && path === '$this' ? typeTest(slice) : valueTest(slice, path, definitions),
  );
  if (tests.length === 0) return undefined;
  const all: Belongs[] = [];
  for (const test of tests) {
    if (test === undefined) return undefined;
    all.push(test);
  }
  return (item) => all.every((test) => test(item));
}

function typeTest({ definition }: ElementNode): Belongs {
  const types = new Set(definition.type?.map(({ code }) => code));
  return ({ variant }) => variant === '' || types.has(variant);
}

function valueTest(slice: ElementNode, path: string, definitions: Definitions): Belongs | undefined {
  const url = path === 'url' ? slice.definition.type?.[0]?.profile?.[0] : undefined;
  if (url !== undefined) return ({ value }) => isFields(value) && value['url'] === url;
  const steps = path === '$this' ? [] : path.split('.');
  let node: ElementNode | undefined = slice;
  for (let at = 0; node !== undefined; at += 1) {
    const matches = ownTest(node, definitions);
    if (matches !== undefined) {
      const above = steps.slice(0, at);
      return ({ value }) => valuesAt(value, above).some(matches);
    }
    const step: string | undefined = steps[at];
    if (step === undefined) return undefined;
    node = node.children.get(step);
  }
  return undefined;
}

/** What the node itself says of its value. */
function ownTest(
  { definition }: ElementNode,
  { valueSets }: Definitions,
): ((value: unknown) => boolean) | undefined {
  const { fixed, pattern, binding } = definition;
  if (fixed !== undefined) return (value) => isSame(value, fixed);
  if (pattern !== undefined) return (value) => matchesPattern(value, pattern);
  const codes = binding?.strength === 'required' ? valueSets.get(binding.valueSet) : undefined;
  if (codes === undefined) return undefined;
  return (value) => {
    if (typeof value === 'string') return [...codes.values()].some((one) => one === null || one.has(value));
    const codings =
      isFields(value) && Array.isArray(value['coding']) ? (value['coding'] as unknown[]) : [value];
    return codings.some((coding) => {
      if (!isFields(coding)) return false;
      const ofSystem = codes.get(String(coding['system']));
      return ofSystem !== undefined && (ofSystem === null || ofSystem.has(String(coding['code'])));
    });
  };
}
