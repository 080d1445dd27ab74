import { entryOf, type DataNode } from '../data-node.js';
import { stemOf } from '../node-path.js';
import {
  configShape,
  ledgerShape,
  ormShape,
  profileShape,
  srcStatsShape,
  tableRowsShape,
} from './file-shapes.js';
import { unknownParts, type Shape } from './shape.js';

const fileKinds = ['config', 'orm', 'src-stats', 'profile', 'ledger', 'table-rows'] as const;
export type FileKind = (typeof fileKinds)[number];

export const shapeOf: Readonly<Record<FileKind, Shape>> = {
  config: configShape,
  orm: ormShape,
  'src-stats': srcStatsShape,
  profile: profileShape,
  ledger: ledgerShape,
  'table-rows': tableRowsShape,
};

/** By what is in the file where that is plain, then by its name, then by whatever shape fits; null when none does. */
export function fileKindOf(root: DataNode): FileKind | null {
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => entryOf(root, name) !== undefined);
  if (has('columns', 'disclosureControl') || has('profile', 'hash')) return 'profile';
  const stem = stemOf(root.file).toLowerCase();
  if (has('src-stats') || stem === 'config') return 'config';
  if (stem === 'orm' || has('dsn', 'tables')) return 'orm';
  if (stem.startsWith('src-stats')) return 'src-stats';
  if (has('version', 'entries')) return 'ledger';
  return fileKinds.find((kind) => unknownParts(root, shapeOf[kind]).length === 0) ?? null;
}
