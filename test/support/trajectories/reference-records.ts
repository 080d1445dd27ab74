import type { Code } from '../../../src/generators/trajectories/codes.js';
import type { AttributeValue } from '../../../src/generators/trajectories/person/attribute-value.js';
import { Entry } from '../../../src/generators/trajectories/record/entry.js';
import type { NewObservation } from '../../../src/generators/trajectories/record/observations.js';
import * as write from '../../../src/generators/trajectories/record/write-entries.js';
import type { History, ReferenceRun, Visited } from './reference-module.js';
import {
  between,
  codeOf,
  draw,
  drawNumber,
  has,
  listOf,
  numberOf,
  textOf,
  toMs,
  type Json,
} from './reference-values.js';

export const codesOf = (run: ReferenceRun, json: Json | undefined): number =>
  run.names.codes.list(listOf(json).map(codeOf));

const isCode = (value: AttributeValue | undefined): value is Code =>
  typeof value === 'object' && !(value instanceof Entry);

const wordOf = (run: ReferenceRun, word: Json | undefined): number =>
  has(word) ? run.names.words.id(textOf(word)) : -1;

/** The list of codes of `reason`; -1 for none. */
export function reasonOf(json: Json, run: ReferenceRun, history: History): number {
  const reason = textOf(json['reason']);
  if (reason === '') return -1;
  const value = run.person.getByName(reason);
  if (value instanceof Entry) return value.codes;
  if (isCode(value)) return run.names.codes.list([value]);
  return conditionOf(reason, run, history);
}

/** The codes of what a state of the module began: what is present of it, or else of the state itself. */
export function conditionOf(name: string, run: ReferenceRun, { visited }: History): number {
  const newest = visited.find((state) => state.name === name);
  if (newest === undefined) return -1;
  const state = run.names.states.find(name);
  const present = [...run.person.record.present.values()].find((entry) => entry.state === state);
  if (present !== undefined) return present.codes;
  return textOf(newest.json['type']) === 'ConditionOnset' ? codesOf(run, newest.json['codes']) : -1;
}

function assign(entry: Entry, json: Json, run: ReferenceRun): void {
  if (textOf(json['assign_to_attribute']) !== '')
    run.person.setByName(textOf(json['assign_to_attribute']), entry);
}

function named(entry: Entry, { name, json }: Visited, run: ReferenceRun): void {
  entry.state = run.names.states.id(name);
  assign(entry, json, run);
}

export function begin(state: Visited, run: ReferenceRun, time: number): void {
  const target = textOf(state.json['target_encounter']).trim();
  if (target === '' || run.encounterName === target) {
    diagnose(state, run, time);
    return;
  }
  const codes = codesOf(run, state.json['codes']);
  const kind = textOf(state.json['type']) === 'ConditionOnset' ? 'condition' : 'allergy';
  assign(new Entry(kind, -1, codes, run.names.codes.keyOfList(codes)), state.json, run);
}

export function diagnose(state: Visited, run: ReferenceRun, time: number): void {
  const { json } = state;
  const { record } = run.person;
  state.diagnosed = true;
  const codes = codesOf(run, json['codes']);
  if (textOf(json['type']) === 'ConditionOnset') {
    named(write.writeCondition(record, { time, codes }), state, run);
    return;
  }
  const [type, category] = [wordOf(run, json['allergy_type']), wordOf(run, json['category'])];
  const entry = write.writeAllergy(record, { time, codes, type, category });
  for (const { reaction, possible_severities: severities } of listOf(json['reactions'])) {
    let left = run.stream.uniform();
    const drawn = listOf(severities).find(({ value }) => (left -= numberOf(value)) < 0);
    if (drawn === undefined || textOf(drawn['level']).toLowerCase() === 'none') continue;
    record.buffers.reactions.allergy.push(entry.row);
    record.buffers.reactions.reaction.push(run.names.codes.code(codeOf(reaction!)));
    record.buffers.reactions.severity.push(run.names.words.id(textOf(drawn['level']).toLowerCase()));
  }
  named(entry, state, run);
}

export function orderMedication(state: Visited, run: ReferenceRun, history: History, time: number): void {
  const { json } = state;
  const flags = { chronic: Boolean(json['chronic']), administered: Boolean(json['administration']) };
  const order = { time, codes: codesOf(run, json['codes']), reason: reasonOf(json, run, history) };
  named(write.writeMedication(run.person.record, { ...order, ...flags, prescription: -1 }), state, run);
}

export function planCare(state: Visited, run: ReferenceRun, history: History, time: number): void {
  const { json } = state;
  const plan = { time, codes: codesOf(run, json['codes']), reason: reasonOf(json, run, history) };
  const activities = codesOf(run, json['activities']);
  named(write.writeCarePlan(run.person.record, { ...plan, activities }), state, run);
}

/** @returns when the procedure ends */
export function operate(state: Visited, run: ReferenceRun, history: History, time: number): number {
  const { json } = state;
  const reason = reasonOf(json, run, history);
  let stop = time;
  if (has(json['duration']))
    stop += Math.max(0, toMs(textOf(json['duration']['unit']), between(run.stream, json['duration'])));
  else if (has(json['distribution']))
    stop += Math.max(0, toMs(textOf(json['unit']), draw(run.stream, json['distribution'])));
  const procedure = { time, codes: codesOf(run, json['codes']), reason, stop };
  named(write.writeProcedure(run.person.record, procedure), state, run);
  return stop;
}

export function giveDevice(state: Visited, run: ReferenceRun, time: number): void {
  const { json } = state;
  const device = { time, codes: run.names.codes.list([codeOf(json['code']!)]) };
  const [manufacturer, model] = [wordOf(run, json['manufacturer']), wordOf(run, json['model'])];
  named(write.writeDevice(run.person.record, { ...device, manufacturer, model }), state, run);
}

export function observation(json: Json, run: ReferenceRun, time: number): NewObservation {
  const value = observed(json, run, time);
  const codes = codesOf(run, json['codes']);
  return { codes, category: wordOf(run, json['category']), unit: wordOf(run, json['unit']), value };
}

function observed(json: Json, run: ReferenceRun, time: number): NewObservation['value'] {
  const { person, names, stream } = run;
  const quantity: unknown = json['exact']?.['quantity'];
  if (typeof quantity === 'string') return quantity;
  const number = drawNumber(stream, json);
  if (number !== undefined) return number;
  if (has(json['attribute'])) {
    const value = person.getByName(textOf(json['attribute']));
    return value instanceof Entry ? undefined : value;
  }
  if (has(json['vital_sign']))
    return person.vitalSigns.read(names.vitalSigns.find(textOf(json['vital_sign'])), time);
  if (has(json['value_code'])) return codeOf(json['value_code']);
  if (has(json['sampled_data']))
    return listOf(json['sampled_data']['attributes'])
      .map((name) => person.getByName(textOf(name)))
      .filter((value) => typeof value === 'string')
      .join('\n');
  return has(json['attachment']?.['title']) ? textOf(json['attachment']['title']) : undefined;
}

export function image(state: Visited, run: ReferenceRun, time: number): void {
  const { json } = state;
  const { names, person, stream } = run;
  const rows = person.record.buffers;
  const many = (list: Json[], min: Json | undefined, max: Json | undefined): Json[] => {
    const [low, high] = [Number(min ?? 0), Number(max ?? 0)];
    if (!(low > 0 && high >= low)) return list;
    return Array.from({ length: low + Math.floor(stream.uniform() * (high - low + 1)) }, () => list[0]!);
  };
  const series = many(listOf(json['series']), json['min_number_series'], json['max_number_series']);
  series.forEach((one, index) => {
    for (const instance of many(
      listOf(one['instances']),
      one['min_number_instances'],
      one['max_number_instances'],
    )) {
      rows.imagingInstances.study.push(rows.imagingStudies.count);
      rows.imagingInstances.series.push(index + 1);
      rows.imagingInstances.bodySite.push(names.codes.code(codeOf(one['body_site']!)));
      rows.imagingInstances.modality.push(names.codes.code(codeOf(one['modality']!)));
      rows.imagingInstances.sopClass.push(names.codes.code(codeOf(instance['sop_class']!)));
      rows.imagingInstances.title.push(wordOf(run, instance['title']));
    }
  });
  const codes = names.codes.list([codeOf(json['procedure_code']!)]);
  const procedure = { time, codes, reason: -1, stop: time + 1_800_000 };
  const entry = write.writeProcedure(person.record, procedure);
  entry.state = names.states.id(state.name);
  rows.imagingStudies.encounter.push(person.record.encounters.at(time));
  rows.imagingStudies.start.push(time);
  rows.imagingStudies.codes.push(codes);
  rows.imagingStudies.procedure.push(entry.row);
}
