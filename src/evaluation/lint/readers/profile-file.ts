import type { Profile } from '../../../core/profile/profile.js';
import { entryOf, plainValue, textOf, type DataNode } from '../data-node.js';
import type { ReadFile } from '../read-file.js';
import { unknownParts } from '../shapes/shape.js';
import { shapeOf } from '../shapes/file-kind.js';

/** A picketfence profile in a file. */
export interface ProfileFile {
  readonly root: DataNode;
  /** Where the profile itself starts: the root, or below `profile`. */
  readonly node: DataNode;
  /** Null when a part is missing or is not what it must be, so that there is nothing to check. */
  readonly profile: Profile | null;
  /** What the file or its name says the hash is. */
  readonly statedHash: string | undefined;
}

export function readProfile({ name, kind, root }: ReadFile): ProfileFile[] {
  if (kind !== 'profile' || root === null) return [];
  const node = entryOf(root, 'profile') ?? root;
  const inName = /(?:^|[^0-9a-f])([0-9a-f]{64})(?![0-9a-f])/i.exec(name)?.[1]?.toLowerCase();
  const isWhole = unknownParts(root, shapeOf.profile).length === 0;
  const value = isWhole ? plainValue(node) : null;
  return [
    {
      root,
      node,
      profile: isProfile(value) ? value : null,
      statedHash: textOf(entryOf(root, 'hash')) ?? inName,
    },
  ];
}

/** The shape has been checked; what is left is that nothing is missing. */
function isProfile(value: unknown): value is Profile {
  if (!isMap(value) || !isMap(value['disclosureControl']) || !Array.isArray(value['columns'])) return false;
  const control = value['disclosureControl'];
  const needed = ['cellCountMin', 'countRounding', 'tailShare', 'binsMax', 'categoriesMax'];
  return (
    value['version'] === 1 &&
    typeof value['rows'] === 'number' &&
    typeof value['sourceHash'] === 'string' &&
    needed.every((one) => typeof control[one] === 'number') &&
    value['columns'].every((column: unknown) => isMap(column) && isColumn(column))
  );
}

function isColumn(column: Readonly<Record<string, unknown>>): boolean {
  const common =
    typeof column['name'] === 'string' &&
    typeof column['type'] === 'string' &&
    typeof column['count'] === 'number';
  if (!common || column['missingCount'] === undefined) return false;
  switch (column['kind']) {
    case 'numeric':
      return (
        typeof column['decimals'] === 'number' &&
        isNumbers(column['edges']) &&
        isNumbers(column['counts']) &&
        column['edges'].length === column['counts'].length + 1
      );
    case 'categorical':
      return typeof column['pooledCount'] === 'number' && isCategories(column['categories']);
    case 'withheld':
      return typeof column['reason'] === 'string';
    default:
      return false;
  }
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number');
}

function isCategories(value: unknown): boolean {
  const isWhole = (one: unknown): boolean =>
    isMap(one) && typeof one['value'] === 'string' && typeof one['count'] === 'number';
  return Array.isArray(value) && value.every(isWhole);
}

function isMap(one: unknown): one is Readonly<Record<string, unknown>> {
  return typeof one === 'object' && one !== null;
}
