import { choiceName } from '../definitions/element-tree.js';
import { isFields, type Check, type Fields, type Run } from '../compile/run.js';

/** One value of an element, with where it stands. */
export interface Item {
  readonly value: unknown;
  readonly key: string;
  /** -1: it stands alone, not in a list. */
  readonly index: number;
  /** Of a choice: the name of its type as the key has it, such as `Quantity`. */
  readonly variant: string;
}

/** Finds the values of an element in an object. A primitive that has only extensions counts, with an undefined value. */
export type Finder = (parent: Fields) => readonly Item[];

const none: readonly Item[] = [];

/** @param types of a choice, as the base definition has them */
export function finderOf(name: string, types: readonly string[]): Finder {
  if (!name.endsWith('[x]')) return (parent) => itemsAt(parent, name, '');
  const variants = types.map((type) => [choiceName(name, type), type] as const);
  return (parent) => {
    for (const [key, type] of variants)
      if (parent[key] !== undefined || parent[`_${key}`] !== undefined) return itemsAt(parent, key, type);
    return none;
  };
}

function itemsAt(parent: Fields, key: string, variant: string): readonly Item[] {
  const value = parent[key];
  if (Array.isArray(value))
    return (value as unknown[]).map((item, index) => ({
      value: item === null ? undefined : item,
      key,
      index,
      variant,
    }));
  return value === undefined && parent[`_${key}`] === undefined ? none : [{ value, key, index: -1, variant }];
}

/** Runs a check where the item stands. */
export function atItem({ key, index, value }: Item, run: Run, check: Check): void {
  if (index < 0) run.within(key, value, check);
  else
    run.within(key, value, (_, inner) => {
      inner.within(index, value, check);
    });
}

/** Values at a path of plain names below a value; lists count with all their entries. */
export function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap((item) => valuesAt(item, path));
  const [first, ...rest] = path;
  if (first === undefined) return value === undefined ? [] : [value];
  return isFields(value) ? valuesAt(value[first], rest) : [];
}
