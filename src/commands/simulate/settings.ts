import { resolve } from 'node:path';
import { clinicalFormats, type ClinicalFormat } from '../../exporters/clinical-registry.js';
import { compositions } from '../../generators/trajectories/population/population.js';
import type { PlanSettings } from '../../generators/trajectories/run/plan-settings.js';
import { StartRefused } from '../start-refused.js';

export type SimulationFormat = 'csv' | 'ndjson' | ClinicalFormat['name'];
const simulationFormats: readonly SimulationFormat[] = [
  'csv',
  'ndjson',
  ...clinicalFormats.map(({ name }) => name),
];

/** What one run is asked for; plain data, so that a thread can be handed it. */
export interface SimulationSettings extends PlanSettings {
  readonly population: number;
  readonly yearsOfHistory: number;
  /** A folder with an OMOP vocabulary; null: the shipped subset. */
  readonly vocabulary: string | null;
  /** Each once, in the order of their names. */
  readonly formats: readonly SimulationFormat[];
}

export const simulateOptions = {
  population: { type: 'string', short: 'p' },
  seed: { type: 'string', short: 's' },
  'reference-date': { type: 'string', short: 'r' },
  'end-date': { type: 'string', short: 'e' },
  gender: { type: 'string', short: 'g' },
  age: { type: 'string', short: 'a' },
  area: { type: 'string' },
  module: { type: 'string', short: 'm', multiple: true },
  modules: { type: 'string', short: 'd', multiple: true },
  keep: { type: 'string', short: 'k' },
  having: { type: 'string', multiple: true },
  without: { type: 'string', multiple: true },
  composition: { type: 'string' },
  tries: { type: 'string' },
  fixed: { type: 'string', short: 'f' },
  overrides: { type: 'string' },
  'fast-forward': { type: 'boolean' },
  snapshot: { type: 'string', short: 'i' },
  'save-snapshot': { type: 'string', short: 'u' },
  days: { type: 'string', short: 't' },
  demographics: { type: 'string' },
  'years-of-history': { type: 'string' },
  vocabulary: { type: 'string' },
  'leave-out-broken': { type: 'boolean' },
  format: { type: 'string', multiple: true },
  out: { type: 'string', short: 'o' },
  workers: { type: 'string' },
  config: { type: 'string', short: 'c' },
} as const;

type Values = Readonly<Record<string, unknown>>;

const populationMost = 100_000_000;
const ageMost = 110;
const yearsMost = 200;
const daysMost = 40_000;

/**
 * The settings of a run: what was typed over what the config file says.
 * @throws {StartRefused} naming the option and what it takes
 */
export function parseSettings(values: Values): SimulationSettings {
  const text = (name: string): string | undefined => textValue(values, name);
  const referenceDate = parseDate('reference-date', text('reference-date'));
  const end = text('end-date') === undefined ? referenceDate : parseDate('end-date', text('end-date'));
  const having = listValue(values, 'having');
  const without = listValue(values, 'without');
  const hasCohort = having.length + without.length > 0;
  const isPicked = hasCohort || text('keep') !== undefined;
  return {
    population: whole('population', text('population') ?? '100', 1, populationMost),
    seed: text('seed') ?? refuse('Give a seed, so that the run can be repeated: -s 12345.'),
    ...{ referenceDate, end },
    sex: parseSex(text('gender')),
    age: parseAge(text('age')),
    area: text('area') ?? null,
    // Who is picked by what they are like is wanted alive, unless something else is said.
    composition: parseOneOf(
      'composition',
      text('composition') ?? (isPicked ? 'living' : 'survivors'),
      compositions,
    ),
    modules: listValue(values, 'modules'),
    only: listValue(values, 'module'),
    leaveOutBroken: values['leave-out-broken'] === true,
    keep: text('keep') ?? null,
    cohort: hasCohort ? { having, without } : null,
    triesMax: whole('tries', text('tries') ?? '1000', 1, 1_000_000),
    demographics: text('demographics') ?? null,
    vocabulary: vocabularyOf(text('vocabulary')),
    yearsOfHistory: whole('years-of-history', text('years-of-history') ?? '10', 0, yearsMost),
    formats: parseFormats(listValue(values, 'format')),
    overrides: text('overrides') ?? null,
    fixed: text('fixed') ?? null,
    isFastForward: values['fast-forward'] === true,
    past: null,
  };
}

/** What may be said anew of a run that goes on from a snapshot: it changes nothing of the lives. */
const beside = ['modules', 'vocabulary', 'years-of-history', 'format', 'out', 'workers', 'config'];
const ofSnapshots = ['snapshot', 'save-snapshot', 'days'];

/**
 * What was said beside a snapshot.
 * @throws {StartRefused} naming an option that would make other lives
 */
export function parseBeside(values: Values): { days: number; different: Partial<SimulationSettings> } {
  const odd = Object.keys(values).find((name) => ![...beside, ...ofSnapshots].includes(name));
  if (odd !== undefined) refuse(`--${odd} cannot be said with --snapshot, which has its own.`);
  const [modules, formats] = [listValue(values, 'modules'), listValue(values, 'format')];
  const years = textValue(values, 'years-of-history');
  const vocabulary = textValue(values, 'vocabulary');
  const days = textValue(values, 'days') ?? refuse('Say how far to go on from the snapshot: --days 30.');
  return {
    days: whole('days', days, 0, daysMost),
    different: {
      ...(modules.length > 0 && { modules }),
      ...(formats.length > 0 && { formats: parseFormats(formats) }),
      ...(years !== undefined && { yearsOfHistory: whole('years-of-history', years, 0, yearsMost) }),
      ...(vocabulary !== undefined && { vocabulary: vocabularyOf(vocabulary) }),
    },
  };
}

function vocabularyOf(folder: string | undefined): string | null {
  return folder === undefined ? null : resolve(folder);
}

function textValue(values: Values, name: string): string | undefined {
  const value = values[name];
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return refuse(`--${name} takes one text.`);
}

function listValue(values: Values, name: string): readonly string[] {
  const value = values[name];
  if (value === undefined) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((one) =>
    typeof one === 'string'
      ? one.split(/[:,]/).filter((part) => part !== '')
      : refuse(`--${name} takes texts.`),
  );
}

/** yyyymmdd or yyyy-mm-dd, midnight UTC. */
function parseDate(name: string, text: string | undefined): number {
  if (text === undefined)
    return refuse('Give the day on which the lives end, so that the run can be repeated: -r 20260101.');
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isSame = !Number.isNaN(time) && new Date(time).getUTCDate() === Number(day);
  return isSame ? time : refuse(`--${name} ${text} is not a day: write it as 20260101.`);
}

function parseSex(text: string | undefined): 'M' | 'F' | null {
  if (text === undefined) return null;
  return text === 'M' || text === 'F' ? text : refuse(`--gender ${text}: it is M or F.`);
}

function parseAge(text: string | undefined): SimulationSettings['age'] {
  if (text === undefined) return null;
  const [, low, high] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(text) ?? [];
  const age = { low: Number(low), high: Number(high ?? low) };
  if (!(age.low <= age.high && age.high <= ageMost))
    return refuse(`--age ${text}: write two whole years from 0 to ${ageMost}, such as 60-65.`);
  return age;
}

function parseFormats(texts: readonly string[]): readonly SimulationFormat[] {
  if (texts.length === 0) return ['csv'];
  return [...new Set(texts.map((text) => parseOneOf('format', text, simulationFormats)))].sort();
}

function parseOneOf<T extends string>(name: string, text: string, all: readonly T[]): T {
  return all.find((one) => one === text) ?? refuse(`--${name} ${text}: it is one of ${all.join(', ')}.`);
}

/** A whole number from `low` to `high`. */
export function whole(name: string, text: string, low: number, high: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= low && value <= high) return value;
  return refuse(`--${name} ${text} is not a whole number from ${low} to ${high}.`);
}

function refuse(message: string): never {
  throw new StartRefused(message);
}
