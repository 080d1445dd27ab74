import type { Definitions } from '../definitions/read-definitions.js';
import type { ElementType } from '../definitions/structure-definition.js';
import { isId } from '../primitives/text-forms.js';
import { isFields, type Check, type Fields, type Run } from './run.js';

/**
 * The type in a literal reference (`Patient/1`, `https://x/fhir/Patient/1/_history/2`); undefined for a URN, another URL
 * and what is no reference to a resource.
 */
function typeOfReference(reference: string): string | undefined {
  const slash = reference.indexOf('/');
  if (slash > 0 && !reference.includes('/', slash + 1)) {
    const type = reference.slice(0, slash);
    return isTypeName(type) && isId(reference.slice(slash + 1)) ? type : undefined;
  }
  return reference.startsWith('http') ? typeInUrl(reference) : undefined;
}

function typeInUrl(reference: string): string | undefined {
  const steps = reference.split('/');
  const history = steps.indexOf('_history');
  const length = history < 0 ? steps.length : history;
  const type = steps[length - 2] ?? '';
  return isTypeName(type) && isId(steps[length - 1] ?? '') ? type : undefined;
}

/** Letters, the first a capital. */
function isTypeName(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index) | (index === 0 ? 0 : 32);
    if (index === 0 ? code < 65 || code > 90 : code < 97 || code > 122) return false;
  }
  return text.length > 0;
}

/** Whether references point to the types that an element allows; undefined where it allows all. */
export function targetCheck(types: readonly ElementType[], { structures }: Definitions): Check | undefined {
  const reference = types.find(({ code }) => code === 'Reference');
  const targets = reference?.targetProfile?.map((url) => structures.get(url)?.type ?? lastStep(url));
  if (targets === undefined || targets.includes('Resource')) return undefined;
  const allowed = new Set(targets);
  const why = `refers to a type that is not allowed here (${[...allowed].join(', ')})`;
  return (value, run) => {
    if (!isFields(value)) return;
    const { reference: literal, type } = value;
    const named = typeof literal === 'string' ? targetOf(literal, run) : undefined;
    if (named !== undefined && !allowed.has(named)) run.fail('reference-target', why);
    else if (typeof type === 'string' && !allowed.has(lastStep(type))) run.fail('reference-target', why);
    else if (named !== undefined && typeof type === 'string' && lastStep(type) !== named)
      run.fail('reference-target', 'names another type than its reference has');
  };
}

function targetOf(literal: string, run: Run): string | undefined {
  if (literal.charCodeAt(0) !== 35) return typeOfReference(literal);
  return run.contained.get(literal.slice(1));
}

/** What holds for every reference: a local one leads to a contained resource (ref-1). */
export function wholeReference(fields: Fields, run: Run): void {
  const { reference } = fields;
  if (typeof reference !== 'string') return;
  if (reference.charCodeAt(0) === 35) localReference(reference, run);
  else run.watch?.reference(reference, run);
}

/** `#` alone is the resource that contains this one. */
export function localReference(reference: string, run: Run): void {
  if (reference.length > 1 && !run.contained.has(reference.slice(1)))
    run.fail('contained', 'refers to a contained resource that is not there', 'ref-1');
  run.localReferences.add(reference);
}

function lastStep(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
