import { blocked, type Act, type Frame } from '../../engine/machine.js';
import { atNextVisit } from '../../engine/machine.js';
import { free, visitHolder } from '../../engine/encounter-lock.js';
import type { Fields } from '../../library/fields.js';
import { encounterClasses } from '../../record/encounter-lengths.js';
import { renewChronicMedications } from '../../record/renew-chronic-medications.js';
import type { Scope, StateCompiler, StateParts } from '../scope.js';
import { readCode, readCodeList } from '../values/read-codes.js';
import { compileReason } from './reason.js';

export const encounterState: StateCompiler = (fields, scope) =>
  fields.flag('wellness') ? visitState(fields, scope) : ownEncounterState(fields, scope);

/**
 * Waits for a visit that the calendar or symptoms open. A module takes each visit once, and none while it has not come to the
 * EncounterEnd of the last one.
 */
function visitState({ place }: Fields, { names }: Scope): StateParts {
  const name = names.states.id(place.state ?? '');
  return {
    act: (frame, time) => {
      const { run, person } = frame;
      const { visit } = run.lock;
      if (run.lock.holder !== visitHolder || run.isInVisit || run.lastVisit === visit) return blocked;
      run.isInVisit = true;
      run.lastVisit = visit;
      run.encounter = visit;
      run.encounterState = -1;
      diagnose(frame, time, name);
      if (!run.lock.isRenewed) renewChronicMedications(person.record, time);
      run.lock.isRenewed = true;
      return time;
    },
    wake: () => atNextVisit,
  };
}

const wait: Act = (_, time) => time;

/** Begins an encounter of the module's own, when no other module is in one. */
function ownEncounterState(fields: Fields, scope: Scope): StateParts {
  const { names } = scope;
  const name = names.states.id(fields.place.state ?? '');
  const ownClass = fields.text('encounter_class').toLowerCase();
  if (ownClass !== '' && !encounterClasses.includes(ownClass))
    fields.fail('encounter_class', `"${ownClass}" is not one of: ${encounterClasses.join(', ')}.`);
  const usualClass = names.encounterClasses.id(ownClass);
  const virtualClass = names.encounterClasses.id('virtual');
  const codes = names.codes.list(readCodeList(fields, 'codes'));
  const reasonOf = compileReason(fields, scope);
  const virtualOf = compileVirtual(fields);
  return {
    act: (frame, time) => {
      const { run, person } = frame;
      const { lock } = run;
      if (lock.holder !== free && lock.holder !== run.order) return blocked;
      const { encounters } = person.record;
      const movedFrom = lock.holder === run.order ? run.encounter : -1;
      if (movedFrom >= 0) encounters.end(movedFrom, time, -1);
      lock.holder = run.order;
      const isVirtual = virtualOf(frame, time);
      const encounterClass = isVirtual ? virtualClass : usualClass;
      const made = { encounterClass, codes, reason: -1, module: run.name, state: name, isVirtual, movedFrom };
      run.encounter = encounters.start(time, made);
      run.encounterState = name;
      diagnose(frame, time, name);
      encounters.buffers.encounters.reason.set(run.encounter, reasonOf(frame));
      return time;
    },
    wake: wait,
  };
}

const telemedicineStart = Date.UTC(2016, 0);
const pandemicStart = Date.UTC(2020, 3);

/** Whether an encounter is held at a distance: where that is possible with probability 0.004 from 2016, 0.15 from April 2020. */
function compileVirtual(fields: Fields): (frame: Frame, time: number) => boolean {
  if (!fields.has('telemedicine_possibility')) return () => false;
  const possibility = fields.oneOf('telemedicine_possibility', ['none', 'possible', 'always']);
  if (possibility !== 'possible') return () => possibility === 'always';
  return ({ stream }, time) =>
    time >= telemedicineStart && stream.uniform() < (time < pandemicStart ? 0.004 : 0.15);
}

/** Diagnoses, newest first, what waits for an encounter of this name since the last one. */
function diagnose(frame: Frame, time: number, name: number): void {
  const since = frame.visited.get(name) ?? -1;
  frame.visited.set(name, frame.position);
  if (frame.undiagnosed.length === 0) return;
  const found = frame.undiagnosed.filter(({ target, position }) => target === name && position > since);
  frame.undiagnosed = frame.undiagnosed.filter(({ target }) => target !== name);
  for (const one of found.reverse()) one.diagnose(frame, time);
}

/**
 * Ends the module's own encounter and lets others begin theirs; in a visit it leaves the visit. It waits while another
 * module is in an encounter.
 */
export const encounterEndState: StateCompiler = (fields, { names }) => {
  const code = fields.optionalChild('discharge_disposition');
  const disposition = code === null ? -1 : names.codes.code(readCode(code));
  return {
    act: (frame, time) => {
      const { run, person } = frame;
      const { lock } = run;
      if (lock.holder === run.order) {
        person.record.encounters.end(run.encounter, time, disposition);
        lock.holder = free;
      } else if (lock.holder !== visitHolder && lock.holder !== free) return blocked;
      run.isInVisit = false;
      run.encounter = -1;
      run.encounterState = -1;
      return time;
    },
    wake: wait,
  };
};
