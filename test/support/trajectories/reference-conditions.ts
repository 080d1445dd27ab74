import { Entry } from '../../../src/generators/trajectories/record/entry.js';
import type { History, ReferenceRun } from './reference-module.js';
import { codeOf, compare, has, listOf, numberOf, textOf, wholeToMs, type Json } from './reference-values.js';

type Test = (json: Json, run: ReferenceRun, history: History, time: number) => boolean;

const all = (json: Json): Json[] => listOf(json['conditions']);
const isActive: Test = (json, run) => {
  const { present } = run.person.record;
  if (has(json['referenced_by_attribute'])) {
    const entry = run.person.getByName(textOf(json['referenced_by_attribute']));
    return entry instanceof Entry && present.get(entry.key) !== undefined;
  }
  return listOf(json['codes']).some((code) => present.has(run.names.codes.keys.find(codeOf(code).code)));
};

const tests: Readonly<Record<string, Test>> = {
  True: () => true,
  False: () => false,
  And: (json, run, history, time) => all(json).every((one) => holds(one, run, history, time)),
  Or: (json, run, history, time) => all(json).some((one) => holds(one, run, history, time)),
  Not: (json, run, history, time) => !holds(json['condition']!, run, history, time),
  'At Least': (json, run, history, time) =>
    all(json).filter((one) => holds(one, run, history, time)).length >= numberOf(json['minimum']),
  'At Most': (json, run, history, time) =>
    all(json).filter((one) => holds(one, run, history, time)).length <= numberOf(json['maximum']),
  Gender: (json, { person }) => textOf(json['gender']) === person.sex,
  Race: (json, { person }) =>
    String(person.getByName('race')).toLowerCase() === textOf(json['race']).toLowerCase(),
  'Socioeconomic Status': (json, { person }) =>
    person.getByName('socioeconomic_category') === textOf(json['category']),
  Age: (json, { person }, _, time) =>
    compare(
      textOf(json['operator']),
      calendarAge(person.birth, time, textOf(json['unit'])),
      json['quantity'],
    ),
  Date: (json, _run, _history, time) => dateHolds(json, time),
  Attribute: (json, { person }) => {
    const right = has(json['value_code']) ? json['value_code'] : json['value'];
    return compare(textOf(json['operator']), person.getByName(textOf(json['attribute'])), right);
  },
  'Vital Sign': (json, { person, names }, _, time) =>
    compare(
      textOf(json['operator']),
      person.vitalSigns.read(names.vitalSigns.find(textOf(json['vital_sign'])), time),
      json['value'],
    ),
  Symptom: (json, { person, names }) =>
    compare(
      textOf(json['operator']),
      person.symptoms.value(names.symptoms.find(textOf(json['symptom']))),
      json['value'],
    ),
  Observation: observationHolds,
  'Active Condition': isActive,
  'Active Allergy': isActive,
  'Active Medication': isActive,
  'Active CarePlan': isActive,
  PriorState: (json, _, history, time) => wasIn(json, history, time),
};

/** Whether a condition of a module holds, worked out from its JSON. */
export function holds(json: Json, run: ReferenceRun, history: History, time: number): boolean {
  const test = tests[textOf(json['condition_type'])];
  if (test === undefined)
    throw new Error(`The reference knows no condition ${textOf(json['condition_type'])}.`);
  return test(json, run, history, time);
}

/** Whole units of the calendar: the field of the date, less one before the anniversary. */
export function calendarAge(birth: number, time: number, unit: string): number {
  const [from, to] = [new Date(birth), new Date(time)];
  let months = 12 * (to.getUTCFullYear() - from.getUTCFullYear()) + to.getUTCMonth() - from.getUTCMonth();
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), lastDay);
  const timeOfDay = (of: number): number => ((of % 86_400_000) + 86_400_000) % 86_400_000;
  if (to.getUTCDate() < day || (to.getUTCDate() === day && timeOfDay(time) < timeOfDay(birth))) months -= 1;
  return unit === 'months' ? months : Math.floor(months / 12);
}

function dateHolds(json: Json, time: number): boolean {
  const operator = textOf(json['operator']);
  const now = new Date(time);
  if (has(json['year'])) return compare(operator, now.getUTCFullYear(), json['year']);
  if (has(json['month'])) return compare(operator, now.getUTCMonth() + 1, json['month']);
  const date = json['date']!;
  const part = (name: string, otherwise = 0): number => (has(date[name]) ? numberOf(date[name]) : otherwise);
  const clock = [part('hour'), part('minute'), part('second'), part('millisecond')] as const;
  return compare(operator, time, Date.UTC(part('year'), part('month', 1) - 1, part('day', 1), ...clock));
}

/** The first one in the newest encounter that has any; components of others are not looked at. */
function observationHolds(json: Json, run: ReferenceRun): boolean {
  const { observations } = run.person.record.buffers;
  const wanted = new Set(listOf(json['codes']).map((one) => codeOf(one).code));
  let newest = -1;
  for (let row = 0; row < observations.count; row += 1) {
    const [code] = run.names.codes.listAt(observations.codes.at(row));
    if (observations.parent.at(row) >= 0 || !wanted.has(code?.code ?? '')) continue;
    if (newest < 0 || observations.encounter.at(row) > observations.encounter.at(newest)) newest = row;
  }
  const operator = textOf(json['operator']);
  if (newest < 0 && !operator.startsWith('is ')) throw new Error('There is no such observation.');
  const value = newest < 0 ? undefined : run.person.record.observations.value(newest);
  return compare(operator, value, has(json['value_code']) ? json['value_code'] : json['value']);
}

function wasIn({ name, since, within }: Json, { visited }: History, time: number): boolean {
  const limit = has(within) ? time - wholeToMs(textOf(within['unit']), numberOf(within['quantity'])) : null;
  for (const state of visited) {
    if (limit !== null && state.exited !== null && state.exited <= limit) return false;
    if (has(since) && state.name === textOf(since)) return false;
    if (state.name === textOf(name)) return true;
  }
  return false;
}
