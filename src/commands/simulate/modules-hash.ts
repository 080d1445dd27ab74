import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { ModuleLibrary } from '../../generators/trajectories/library/module-library.js';

export interface ModulesUsed {
  readonly files: number;
  /** Of the modules by their paths, whatever the layout of their files, and of the lookup tables. */
  readonly sha256: string;
}

/** Says which modules a run was made of: two runs with this hash and the same settings are the same. */
export function modulesUsed({ modules, tables }: ModuleLibrary): ModulesUsed {
  const inOrder = <Value>(byName: ReadonlyMap<string, Value>): (readonly [string, Value])[] =>
    [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [
    ...inOrder(modules).map(([path, module]) => `${path}\n${sha256Hex(canonicalJson(module))}`),
    ...inOrder(tables).map(([name, table]) => `${name}\n${sha256Hex(table)}`),
  ].join('\n');
  return { files: modules.size + tables.size, sha256: sha256Hex(text) };
}
