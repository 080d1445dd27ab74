import { isObject, type JsonObject } from './fields.js';
import type { ModuleLibrary } from './module-library.js';

/**
 * Replaces numbers in modules. Each line of `text` is `file.json::$.path.to.number = 0.25`, with `['name']` for names
 * that are no words and `[0]` for places in a list; empty lines and lines that begin with `#` say nothing.
 */
export function applyOverrides(library: ModuleLibrary, text: string): ModuleLibrary {
  const modules = new Map(library.modules);
  const problems = [...library.problems];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || line.trim().startsWith('#')) return;
    const message = applyLine(modules, line);
    if (message !== null)
      problems.push({
        severity: 'error',
        file: 'overrides',
        state: null,
        field: `line ${index + 1}`,
        message,
      });
  });
  return { ...library, modules, problems };
}

/** @returns what is wrong with the line, or null */
function applyLine(modules: Map<string, JsonObject>, line: string): string | null {
  const [, file, path, value] = /^\s*(.+?)\.json::\$(.+?)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
  if (file === undefined || path === undefined) return 'is not "file.json::$.path = number".';
  const number = Number(value);
  if (!Number.isFinite(number)) return `"${value ?? ''}" is not a number.`;
  const module = modules.get(file);
  if (module === undefined) return `there is no module "${file}".`;
  const steps = stepsOf(path);
  if (steps === null) return `"${path}" is not a path.`;
  const changed = replaceAt(module, steps, number);
  if (!isObject(changed)) return `there is no number at "$${path}".`;
  modules.set(file, changed);
  return null;
}

function stepsOf(path: string): string[] | null {
  const steps = [...path.matchAll(/\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g)];
  const text = steps.map(([whole]) => whole).join('');
  return text === path
    ? steps.map(([, word, at, single, double]) => word ?? at ?? single ?? double ?? '')
    : null;
}

/** A copy with the number at the path replaced; undefined where there is no number. */
function replaceAt(value: unknown, [step, ...rest]: readonly string[], number: number): unknown {
  if (step === undefined) return typeof value === 'number' ? number : undefined;
  if (Array.isArray(value)) {
    const at = Number(step);
    const inner = replaceAt(value[at], rest, number);
    return inner === undefined
      ? undefined
      : value.map((item: unknown, index) => (index === at ? inner : item));
  }
  if (!isObject(value)) return undefined;
  const inner = replaceAt(value[step], rest, number);
  return inner === undefined ? undefined : { ...value, [step]: inner };
}
