import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { isObject, type JsonObject } from './fields.js';
import type { ModuleLibrary } from './module-library.js';
import type { Problem } from './problem.js';

/**
 * Reads `DIR` and below, `*.json`,` as modules and `DIR/lookup_tables/*.csv` as their tables; later folders put their files over
 * those of earlier ones with the same path. What is no module is a problem of the library, and the rest is read.
 * @throws the file system's error when a folder cannot be read
 */
export async function readLibrary(...folders: readonly string[]): Promise<ModuleLibrary> {
  const modules = new Map<string, JsonObject>();
  const tables = new Map<string, string>();
  const problems: Problem[] = [];
  for (const folder of folders)
    for (const file of await filesBelow(folder)) {
      const text = (await readFile(join(folder, file), 'utf8')).replace(/^\uFEFF/, '');
      if (file.endsWith('.csv')) tables.set(basename(file), text);
      else addModule(file.replace(/\.json$/, ''), text, { modules, problems });
    }
  return { modules, tables, problems };
}

/** Sorted, so that the order of the file system changes nothing. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(json|csv)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => file.endsWith('.json') || file.startsWith('lookup_tables/'))
    .sort();
}

function addModule(
  path: string,
  text: string,
  { modules, problems }: { modules: Map<string, JsonObject>; problems: Problem[] },
): void {
  const refuse = (message: string): void => {
    problems.push({ severity: 'error', file: path, state: null, field: null, message });
  };
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) modules.set(path, json);
    else refuse('is not a JSON object.');
  } catch (error) {
    refuse(`is not JSON: ${error instanceof Error ? error.message : '?'}`);
  }
}
