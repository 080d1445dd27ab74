import { readFile } from 'node:fs/promises';
import { Random } from '../../core/random/random.js';
import { compileModules } from '../../generators/trajectories/compile/compile-modules.js';
import { drawFormats, drawModule } from '../../generators/trajectories/draw/draw-module.js';
import { explainLife } from '../../generators/trajectories/explain/explain-life.js';
import { isObject } from '../../generators/trajectories/library/fields.js';
import type { ModuleLibrary } from '../../generators/trajectories/library/module-library.js';
import { problemText } from '../../generators/trajectories/library/problem.js';
import { readLibrary } from '../../generators/trajectories/library/read-library.js';
import { wellKnown } from '../../generators/trajectories/native/well-known.js';
import type { Command, CommandContext } from '../command.js';

type Values = Readonly<Record<string, unknown>>;
type Action = (context: CommandContext, path: string, values: Values) => Promise<number>;

const actions: Readonly<Record<string, Action>> = { check, draw, explain };

/** `picketfence modules check DIR`, `draw FILE`, `explain DIR`: 0 when all is well, 1 for a broken module, 2 for no input. */
export const modulesCommand = {
  name: 'modules',
  summary:
    'check DIR | draw FILE [--format mermaid|dot] | explain DIR --module NAME [--sex F|M] [--birth DATE] [--end DATE] [--seed TEXT]',
  options: {
    format: { type: 'string' },
    module: { type: 'string' },
    sex: { type: 'string' },
    birth: { type: 'string' },
    end: { type: 'string' },
    seed: { type: 'string' },
  },
  positionals: ['action', 'path'],
  run: async (context, values) => {
    const { action, path } = values;
    const run = typeof action === 'string' && Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (run === undefined || typeof path !== 'string') {
      context.complain(
        `Say what to do with which path: picketfence modules ${Object.keys(actions).join('|')} PATH.`,
      );
      return 2;
    }
    try {
      return await run(context, path, values);
    } catch (error) {
      if (!(error instanceof RangeError) && !isFileError(error)) throw error;
      context.complain(error.message);
      return 2;
    }
  },
} as const satisfies Command & { readonly positionals: readonly string[] };

function isFileError(error: unknown): error is { readonly code: string; readonly message: string } {
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}

async function check({ print, complain }: CommandContext, directory: string): Promise<number> {
  const library = await readLibrary(directory);
  if (library.modules.size === 0) {
    complain(`There is no module in ${directory}.`);
    return 2;
  }
  const { problems } = compileModules({ library, natives: [wellKnown], leaveOutBroken: true });
  for (const problem of problems) print(`${problem.severity.padEnd(8)}${problemText(problem)}`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  print(`${library.modules.size} modules, ${errors} errors, ${problems.length - errors} warnings`);
  return errors > 0 ? 1 : 0;
}

async function draw(
  { print, complain }: CommandContext,
  file: string,
  { format = 'mermaid' }: Values,
): Promise<number> {
  const wanted = drawFormats.find((one) => one === format);
  if (wanted === undefined) throw new RangeError(`--format is one of ${drawFormats.join(', ')}.`);
  const module = parse(await readFile(file, 'utf8'));
  if (!isObject(module)) {
    complain(`${file} is no module.`);
    return 1;
  }
  print(drawModule(module, wanted));
  return 0;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function explain({ print }: CommandContext, directory: string, values: Values): Promise<number> {
  const module = textOf(values, 'module', null);
  const birth = dateOf(textOf(values, 'birth', '1980-01-01'));
  const end = dateOf(textOf(values, 'end', '2026-01-01'));
  const sex = textOf(values, 'sex', 'F') === 'M' ? 'M' : 'F';
  const library = onlyWith(await readLibrary(directory), module);
  const compiled = compileModules({ library, natives: [wellKnown], leaveOutBroken: true });
  const random = Random.fromSeed(textOf(values, 'seed', 'explain'));
  const person = { index: 0, birth, sex, attributes: {} } as const;
  for (const line of explainLife({ library, compiled, module }, person, { random, end })) print(line);
  return 0;
}

/** The module with all submodules: others would need what code gives them. */
function onlyWith(library: ModuleLibrary, module: string): ModuleLibrary {
  const kept = [...library.modules].filter(([path]) => path === module || path.includes('/'));
  return { ...library, modules: new Map(kept) };
}

function textOf(values: Values, name: string, otherwise: string | null): string {
  const value = values[name] ?? otherwise;
  if (typeof value !== 'string') throw new RangeError(`Say --${name}.`);
  return value;
}

function dateOf(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw new RangeError(`"${text}" is no date (yyyy-mm-dd).`);
  return time;
}
