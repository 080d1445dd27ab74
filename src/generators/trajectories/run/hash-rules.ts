import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { canonicalJson } from '../../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../../core/hashing/sha256-hex.js';
import type { RuleFolders } from '../../generator.js';

/** What, beside the modules, decides how lives go. */
const contentParts = ['demographics', 'growth', 'immunisation'] as const;

/** SHA-256 over the name and the bytes of every file that lives are simulated by; where the folders lie does not matter. */
export async function hashRules({ contentFolder, modules }: RuleFolders): Promise<string> {
  const content = await Promise.all(contentParts.map((part) => hashesBelow(join(contentFolder, part))));
  const layers = await Promise.all(modules.map(hashesBelow));
  return sha256Hex(canonicalJson({ content, modules: layers }));
}

async function hashesBelow(folder: string): Promise<(readonly [string, string])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.(json|csv)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    files.map(
      async (file) => [relative(folder, file).split(sep).join('/'), sha256Hex(await readFile(file))] as const,
    ),
  );
}
