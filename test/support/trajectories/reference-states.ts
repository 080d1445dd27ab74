import { free, visitHolder } from '../../../src/generators/trajectories/engine/encounter-lock.js';
import { streamKey } from '../../../src/generators/trajectories/person/stream.js';
import { Entry } from '../../../src/generators/trajectories/record/entry.js';
import { renewChronicMedications } from '../../../src/generators/trajectories/record/renew-chronic-medications.js';
import { writeImmunization, writeSupply } from '../../../src/generators/trajectories/record/write-entries.js';
import { holds } from './reference-conditions.js';
import type { History, ReferenceRun, Visited } from './reference-module.js';
import * as records from './reference-records.js';
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
  wholeToMs,
} from './reference-values.js';

/** Does what a state does; the moment at which it is left, or null while it cannot be. */
type Act = (state: Visited, run: ReferenceRun, history: History, time: number) => number | null;
type Do = (state: Visited, run: ReferenceRun, history: History, time: number) => void;

const at =
  (effect: Do): Act =>
  (state, run, history, time) => {
    effect(state, run, history, time);
    return time;
  };

const pass = at(() => undefined);

const ended = ({ until }: Visited, { person }: ReferenceRun, time: number): number | null =>
  until !== null && time >= until && person.isAlive(until) ? until : null;

export const acts: Readonly<Record<string, Act>> = {
  Initial: pass,
  Simple: pass,
  Physiology: pass,
  Guard: ({ json }, run, history, time) => (holds(json['allow']!, run, history, time) ? time : null),
  Delay: (state, run, _, time) => {
    state.until ??= Math.max(time, time + delayOf(state, run));
    return ended(state, run, time);
  },
  Procedure: (state, run, history, time) => {
    state.until ??= records.operate(state, run, history, time);
    return ended(state, run, time);
  },
  Encounter: (state, run, history, time) =>
    state.json['wellness'] ? useVisit(state, run, history, time) : meet(state, run, history, time),
  EncounterEnd: leave,
  ConditionOnset: at((state, run, _, time) => {
    records.begin(state, run, time);
  }),
  AllergyOnset: at((state, run, _, time) => {
    records.begin(state, run, time);
  }),
  ConditionEnd: at(ending('condition_onset')),
  AllergyEnd: at(ending('allergy_onset')),
  MedicationEnd: at(ending('medication_order')),
  CarePlanEnd: at(ending('careplan')),
  DeviceEnd: at(ending('device')),
  MedicationOrder: at(records.orderMedication),
  CarePlanStart: at(records.planCare),
  Device: at((state, run, _, time) => {
    records.giveDevice(state, run, time);
  }),
  ImagingStudy: at((state, run, _, time) => {
    records.image(state, run, time);
  }),
  SetAttribute: at(setAttribute),
  Counter: at(({ json }, { person }) => {
    const value = person.getByName(textOf(json['attribute']));
    const amount = has(json['amount']) ? numberOf(json['amount']) : 1;
    const change = textOf(json['action']) === 'increment' ? amount : -amount;
    person.setByName(textOf(json['attribute']), (typeof value === 'number' ? value : 0) + change);
  }),
  Symptom: at(({ json }, { person, names, stream, path }) => {
    const probability = has(json['probability']) ? numberOf(json['probability']) : 1;
    const value = stream.uniform() <= probability ? Math.trunc(drawNumber(stream, json)!) : 0;
    person.symptoms.set(names.symptoms.id(textOf(json['symptom'])), names.modules.id(path), value);
  }),
  VitalSign: at(({ json }, { person, names }) => {
    const name = textOf(json['vital_sign']);
    const key = streamKey(`vital-sign/${name}`);
    person.vitalSigns.provide(names.vitalSigns.id(name), (of) => drawNumber(of.stream(key), json)!);
  }),
  Observation: at(({ json }, run, _, time) => {
    run.person.record.observations.add(time, records.observation(json, run, time));
  }),
  MultiObservation: at(({ json }, run, _, time) => {
    const parts = listOf(json['observations']).map((one) => records.observation(one, run, time));
    const group = { ...records.observation(json, run, time), unit: -1, value: undefined };
    run.person.record.observations.addGroup(time, group, parts);
  }),
  DiagnosticReport: at(({ json }, run, _, time) => {
    const parts = listOf(json['observations']).map((one) => records.observation(one, run, time));
    run.person.record.observations.addReport(time, records.codesOf(run, json['codes']), parts);
  }),
  SupplyList: at(({ json }, run, _, time) => {
    for (const { code, quantity } of listOf(json['supplies']))
      writeSupply(run.person.record, {
        ...{ time, codes: run.names.codes.list([codeOf(code!)]) },
        quantity: numberOf(quantity),
      });
  }),
  Vaccine: at(({ json }, run, _, time) => {
    const dose = has(json['series']) ? numberOf(json['series']) : 0;
    writeImmunization(run.person.record, { time, codes: records.codesOf(run, json['codes']), dose });
  }),
  Death: at(({ json }, run, history, time) => {
    let death = time;
    if (has(json['exact'])) death += toMs(textOf(json['exact']['unit']), numberOf(json['exact']['quantity']));
    else if (has(json['range']))
      death += toMs(textOf(json['range']['unit']), between(run.stream, json['range']));
    if (run.person.isAlive(time)) run.person.die(death, causeOf(json, run, history));
  }),
};

function delayOf({ json }: Visited, { stream }: ReferenceRun): number {
  const legacy = json['exact'] ?? json['range'];
  if (has(legacy)) return toMs(textOf(legacy['unit']), drawNumber(stream, json)!);
  return wholeToMs(textOf(json['unit']), draw(stream, json['distribution']!));
}

function useVisit(state: Visited, run: ReferenceRun, history: History, time: number): number | null {
  if (run.lock.holder !== visitHolder || run.isInVisit || run.lastVisit === run.lock.visit) return null;
  run.isInVisit = true;
  run.lastVisit = run.encounter = run.lock.visit;
  run.encounterName = null;
  diagnosePast(state, run, history, time);
  if (!run.lock.isRenewed) renewChronicMedications(run.person.record, time);
  run.lock.isRenewed = true;
  return time;
}

function meet(state: Visited, run: ReferenceRun, history: History, time: number): number | null {
  const { json } = state;
  const { lock, names } = run;
  if (lock.holder !== free && lock.holder !== run.order) return null;
  const { encounters } = run.person.record;
  const movedFrom = lock.holder === run.order ? run.encounter : -1;
  if (lock.holder === run.order) encounters.end(run.encounter, time, -1);
  const possibility = textOf(json['telemedicine_possibility']);
  const share = time < Date.UTC(2016, 0, 1) ? 0 : time < Date.UTC(2020, 3, 1) ? 0.004 : 0.15;
  const isVirtual =
    possibility === 'always' || (possibility === 'possible' && share > 0 && run.stream.uniform() < share);
  lock.holder = run.order;
  run.encounter = encounters.start(time, {
    encounterClass: names.encounterClasses.id(
      isVirtual ? 'virtual' : textOf(json['encounter_class']).toLowerCase(),
    ),
    ...{ codes: records.codesOf(run, json['codes']), reason: -1, isVirtual, movedFrom },
    ...{ module: names.modules.id(run.path), state: names.states.id(state.name) },
  });
  run.encounterName = state.name;
  diagnosePast(state, run, history, time);
  encounters.buffers.encounters.reason.set(run.encounter, records.reasonOf(json, run, history));
  return time;
}

/** From the newest state back to the last visit of the same encounter. */
function diagnosePast({ name }: Visited, run: ReferenceRun, { visited }: History, time: number): void {
  for (const [index, past] of visited.entries()) {
    const type = textOf(past.json['type']);
    const isOnset = type === 'ConditionOnset' || type === 'AllergyOnset';
    if (isOnset && !past.diagnosed && textOf(past.json['target_encounter']).trim() === name)
      records.diagnose(past, run, time);
    else if (type === 'Encounter' && index > 0 && past.name === name) return;
  }
}

function leave({ json }: Visited, run: ReferenceRun, _: History, time: number): number | null {
  const { lock } = run;
  if (lock.holder >= 0 && lock.holder !== run.order) return null;
  if (lock.holder === run.order) {
    const code = json['discharge_disposition'];
    const disposition = has(code) ? run.names.codes.code(codeOf(code)) : -1;
    run.person.record.encounters.end(run.encounter, time, disposition);
    lock.holder = free;
  }
  run.isInVisit = false;
  run.encounter = -1;
  run.encounterName = null;
  return time;
}

function ending(field: string): Do {
  return ({ json }, run, _, time) => {
    const { record } = run.person;
    if (has(json[field])) record.endByState(run.names.states.find(textOf(json[field])), time);
    else if (has(json['referenced_by_attribute'])) {
      const entry = run.person.getByName(textOf(json['referenced_by_attribute']));
      if (entry instanceof Entry) record.end(entry.key, time);
    } else
      for (const code of listOf(json['codes']))
        record.end(run.names.codes.keys.find(codeOf(code).code), time);
  };
}

function setAttribute({ json }: Visited, { person, stream }: ReferenceRun): void {
  const set = (value: Parameters<typeof person.setByName>[1]): void => {
    person.setByName(textOf(json['attribute']), value);
  };
  const number = drawNumber(stream, json);
  if (number !== undefined) set(number);
  else if (has(json['series_data'])) set(textOf(json['series_data']));
  else if (has(json['value_code'])) set(codeOf(json['value_code']));
  else if (has(json['value_attribute'])) set(person.getByName(textOf(json['value_attribute'])));
  else set(has(json['value']) ? (json['value'] as unknown as string) : undefined);
}

function causeOf(json: Visited['json'], run: ReferenceRun, history: History): number {
  if (has(json['codes'])) return records.codesOf(run, json['codes']);
  if (has(json['condition_onset'])) return records.conditionOf(textOf(json['condition_onset']), run, history);
  const entry = run.person.getByName(textOf(json['referenced_by_attribute']));
  return entry instanceof Entry ? entry.codes : -1;
}
