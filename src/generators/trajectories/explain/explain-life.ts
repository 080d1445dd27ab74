import type { CompiledModules } from '../compile/compiled-modules.js';
import { visitHolder } from '../engine/encounter-lock.js';
import type { CompiledState, Frame, ModuleRun, Trace } from '../engine/machine.js';
import { isObject, type JsonObject } from '../library/fields.js';
import type { ModuleLibrary } from '../library/module-library.js';
import type { PersonInput } from '../person/person.js';
import { simulatePerson, type SimulationOptions } from '../simulate-person.js';

export interface ExplainInput {
  readonly library: ModuleLibrary;
  readonly compiled: CompiledModules;
  /** The path of a top-level module. */
  readonly module: string;
}

/**
 * What one module did in one life, move by move, and why it waits where it is: lines of text.
 * @throws {RangeError} when there is no such top-level module
 */
export function explainLife(
  { library, compiled, module }: ExplainInput,
  person: PersonInput,
  options: Omit<SimulationOptions, 'trace'>,
): string[] {
  if (!compiled.units.some(({ kind, name }) => kind === 'module' && name === module))
    throw new RangeError(`There is no top-level module "${module}" that can run.`);
  const listener = new ModuleListener(compiled, module);
  const life = simulatePerson(compiled, person, { ...options, trace: listener });
  const { run } = listener;
  const end = Math.min(life.person.death, options.end);
  const lines = [...listener.lines];
  if (life.person.death < options.end) lines.push(`${dateOf(life.person.death)}  the person dies`);
  if (run !== null) lines.push(`${dateOf(end)}  ${whyItWaits(run, { library, compiled, module })}`);
  return lines;
}

const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

/** Writes down the moves of one module and its submodules. */
class ModuleListener implements Trace {
  readonly lines: string[] = [];
  run: ModuleRun | null = null;

  constructor(
    readonly compiled: CompiledModules,
    readonly module: string,
  ) {}

  moved(frame: Frame, exited: number, next: CompiledState): void {
    const { names } = this.compiled;
    if (names.modules.name(frame.run.name) !== this.module) return;
    this.run = frame.run;
    const inside = frame.module.path === this.module ? '' : `${frame.module.path}: `;
    const { name, type } = frame.state;
    const from = `${names.states.name(name)} (${type})`;
    this.lines.push(`${dateOf(exited)}  ${inside}${from} -> ${names.states.name(next.name)}`);
  }
}

function whyItWaits({ frame, lock, isInVisit }: ModuleRun, { library, compiled }: ExplainInput): string {
  let inner = frame;
  while (inner.child !== null) inner = inner.child;
  const name = compiled.names.states.name(inner.state.name);
  const place = `${inner.module.path}: at "${name}" (${inner.state.type})`;
  const states = library.modules.get(inner.module.path)?.['states'];
  const json = isObject(states) ? states[name] : undefined;
  const held = (): string =>
    lock.holder === visitHolder ? 'a visit' : (compiled.units[lock.holder]?.name ?? 'nobody');
  return `${place}, ${reason(inner, isObject(json) ? json : {}, { held, isInVisit })}`;
}

function reason(
  { state, until }: Frame,
  json: JsonObject,
  { held, isInVisit }: { held: () => string; isInVisit: boolean },
): string {
  if (state.isTerminal) return 'it has ended';
  if (state.type === 'Guard') return `it waits for ${JSON.stringify(json['allow'])}`;
  if (state.type === 'Delay' || state.type === 'Procedure') return `it waits until ${dateOf(until)}`;
  if (state.waitsForVisit)
    return isInVisit
      ? 'it waits for a visit, and can take none: the last one was not left by an EncounterEnd'
      : 'it waits for the next visit';
  return `it waits for the encounter of ${held()} to end`;
}
