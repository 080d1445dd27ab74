import type { CompiledModule } from '../engine/machine.js';
import { checkGraph } from '../library/check-graph.js';
import { checkReferences } from '../library/check-references.js';
import { isSubmodule, type ModuleLibrary } from '../library/module-library.js';
import { ModuleError, type Problem } from '../library/problem.js';
import { Names } from '../names.js';
import type { NativeModule } from '../native/native-module.js';
import { brokenModules } from './broken-modules.js';
import { checkNames } from './check-names.js';
import { fastForward } from './fast-forward.js';
import { compileModule, type SharedScope } from './compile-module.js';
import type { BoundNative, CompiledModules, Unit } from './compiled-modules.js';
import type { Prescription } from './prescription.js';
import type { Findings, Reads } from './scope.js';

export interface CompileInput {
  readonly natives: readonly NativeModule[];
  /** Left out: native modules alone. */
  readonly library?: ModuleLibrary;
  /** Runs the rest where a module is broken; what was wrong is in `problems` of the result. */
  readonly leaveOutBroken?: boolean;
  /** Runs through polling loops at once: the same distribution of lives, other lives ({@link fastForward}). */
  readonly isFastForward?: boolean;
}

const emptyLibrary: ModuleLibrary = { modules: new Map(), tables: new Map(), problems: [] };

/**
 * Makes modules and native modules ready to run.
 * @throws {ModuleError} with all that is wrong, unless broken modules are to be left out
 */
export function compileModules({
  natives,
  library = emptyLibrary,
  leaveOutBroken = false,
  isFastForward = false,
}: CompileInput): CompiledModules {
  const names = new Names();
  const bound = natives.map((module) => ({ module, process: module.bind(names) }));
  const compiled = new Map<string, CompiledModule>();
  const problems: Problem[] = [...library.problems];
  const prescriptions: Prescription[] = [];
  const findings = noFindings();
  const shared: SharedScope = {
    ...{ names, findings, prescriptions, tables: library.tables },
    submodule: (path) => (library.modules.has(path) ? () => found(compiled, path) : null),
  };
  for (const [path, json] of library.modules) {
    const module = compileModule(path, json, shared, problems);
    if (module !== null) compiled.set(path, module);
    problems.push(...checkGraph(path, json));
  }
  problems.push(...checkReferences(library.modules));
  const broken = brokenModules(findings.calls, problems);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 && !leaveOutBroken) throw new ModuleError(errors);
  for (const path of broken) compiled.delete(path);
  problems.push(...checkNames({ names, findings, natives }));
  for (const { states } of compiled.values())
    for (const state of states) state.isTracked = findings.tracked.has(state.name);
  if (isFastForward) for (const [path, module] of compiled) compiled.set(path, fastForward(module, findings));
  const units = orderUnits(compiled, bound);
  return {
    ...{ names, units, natives: bound, prescriptions, problems },
    beforeVisits: bound.filter(({ module }) => module.place === 'before-visits'),
    ...wakes(units, findings),
  };
}

function noFindings(): Findings {
  return {
    tracked: new Set(),
    guards: new Map(),
    calls: new Map(),
    readAttributes: new Map(),
    writtenAttributes: new Set(),
    readVitalSigns: new Map(),
    providedVitalSigns: new Set(),
  };
}

function found(compiled: ReadonlyMap<string, CompiledModule>, path: string): CompiledModule {
  const module = compiled.get(path);
  if (module === undefined) throw new Error(`The module "${path}" was left out and is called all the same.`);
  return module;
}

/** Top-level modules by path and native modules by name, in one order: ASCII, capitals first. */
function orderUnits(compiled: ReadonlyMap<string, CompiledModule>, natives: readonly BoundNative[]): Unit[] {
  const modules = [...compiled.values()].filter(({ path }) => !isSubmodule(path));
  const units: Unit[] = [
    ...modules.map((module): Unit => ({ kind: 'module', name: module.path, module })),
    ...natives
      .filter(({ module }) => module.place === 'among-modules')
      .map((native): Unit => ({ kind: 'native', name: native.module.name, native })),
  ];
  return units.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}

/** Whom a write wakes: modules with a guard that reads it, in themselves or in a submodule, and natives that watch it. */
function wakes(
  units: readonly Unit[],
  findings: Findings,
): Pick<CompiledModules, 'wakesByAttribute' | 'wakesByCode'> {
  const byAttribute: number[][] = [];
  const byCode: number[][] = [];
  units.forEach((unit, place) => {
    const reads: Reads[] =
      unit.kind === 'native'
        ? [{ attributes: unit.native.process.watches ?? [], codes: [] }]
        : guardsOf(unit.name, findings);
    for (const attribute of new Set(reads.flatMap(({ attributes }) => attributes)))
      (byAttribute[attribute] ??= []).push(place);
    for (const code of new Set(reads.flatMap(({ codes }) => codes))) (byCode[code] ??= []).push(place);
  });
  return { wakesByAttribute: byAttribute, wakesByCode: byCode };
}

function guardsOf(path: string, { guards, calls }: Findings): Reads[] {
  const family = new Set([path]);
  for (const member of family) for (const called of calls.get(member) ?? []) family.add(called);
  return [...family].flatMap((member) => guards.get(member) ?? []);
}
