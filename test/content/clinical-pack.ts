import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const folder = join(import.meta.dirname, '../../content/modules');

interface PackCode {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

interface Option {
  readonly transition?: string;
  readonly distribution?: number;
  readonly distributions?: readonly { readonly transition: string; readonly distribution: number }[];
  readonly lookup_table_name?: string;
}

/** A state as far as the tests of the pack look at it. */
export interface PackState {
  readonly type: string;
  readonly codes?: readonly PackCode[];
  readonly discharge_disposition?: PackCode;
  readonly submodule?: string;
  readonly direct_transition?: string;
  readonly distributed_transition?: readonly Option[];
  readonly conditional_transition?: readonly Option[];
  readonly complex_transition?: readonly Option[];
  readonly lookup_table_transition?: readonly Option[];
}

export interface PackModule {
  readonly path: string;
  readonly isSubmodule: boolean;
  readonly name: string;
  readonly remarks: readonly string[];
  readonly states: ReadonlyMap<string, PackState>;
}

/** All modules of the pack, by path. */
export function readPack(): PackModule[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .map(readModule);
}

function readModule(file: string): PackModule {
  const json = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    name: string;
    remarks?: string[];
    states: Record<string, PackState>;
  };
  return {
    path: file.replace(/\.json$/, ''),
    isSubmodule: file.includes('/'),
    name: json.name,
    remarks: json.remarks ?? [],
    states: new Map(Object.entries(json.states)),
  };
}

/** The lines of a CSV file of the pack, as records by column. */
export function readPackCsv(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  const names = cellsOf(header);
  return lines.map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
}

const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );

export const tableNames = (): string[] => readdirSync(join(folder, 'lookup_tables')).sort();

/** Names of the states that may follow a state. */
export function targetsOf(state: PackState): string[] {
  const lists = [
    state.distributed_transition,
    state.conditional_transition,
    state.complex_transition,
    state.lookup_table_transition,
  ];
  const options = lists.flatMap((list) => list ?? []);
  const targets = options.flatMap((option) => [option, ...(option.distributions ?? [])]);
  return [state.direct_transition, ...targets.map(({ transition }) => transition)].filter(
    (target) => target !== undefined,
  );
}

/** Sums of the probabilities of every choice by chance of a state, tables apart. */
export function choiceSums(state: PackState): number[] {
  const choices = [
    state.distributed_transition,
    ...(state.complex_transition ?? []).map((option) => option.distributions),
  ].filter((choice) => choice !== undefined);
  return choices.map((choice) => choice.reduce((sum, { distribution }) => sum + (distribution ?? 0), 0));
}

/** Every code that a value holds, at any depth. */
export function codesIn(value: unknown): PackCode[] {
  if (Array.isArray(value)) return value.flatMap(codesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { system, code, display } = value as Partial<PackCode>;
  if (system !== undefined && code !== undefined) return [{ system, code, display: display ?? '' }];
  return Object.values(value).flatMap(codesIn);
}
