import { noCodes } from '../../codes.js';
import type { Fields } from '../../library/fields.js';
import * as write from '../../record/write-entries.js';
import type { Names } from '../../names.js';
import { readPrescription } from '../prescription.js';
import type { StateCompiler } from '../scope.js';
import { compileDistribution, uniform, type Draw } from '../values/distribution.js';
import { readUnit } from '../values/quantity.js';
import { readCode, readCodeList, readCodes } from '../values/read-codes.js';
import { millisecondsOf } from '../values/time-units.js';
import { leaveAt } from './flow.js';
import { compileAssignment, compileReason } from './reason.js';

export const medicationOrderState: StateCompiler = (fields, scope) => {
  const { names, prescriptions } = scope;
  const state = names.states.id(fields.place.state ?? '');
  const codes = names.codes.list(readCodeList(fields, 'codes'));
  const reasonOf = compileReason(fields, scope);
  const assign = compileAssignment(fields, scope);
  const [chronic, administered] = [fields.flag('chronic'), fields.flag('administration')];
  const details = fields.optionalChild('prescription');
  const isPrescribed = details !== null && (!administered || chronic);
  const prescription = isPrescribed ? prescriptions.push(readPrescription(details, names)) - 1 : -1;
  return {
    act: (frame, time) => {
      const reason = reasonOf(frame);
      const order = { time, codes, reason, prescription, chronic, administered };
      const entry = write.writeMedication(frame.person.record, order);
      entry.state = state;
      assign(frame, entry);
      return time;
    },
  };
};

export const carePlanStartState: StateCompiler = (fields, scope) => {
  const { names } = scope;
  const state = names.states.id(fields.place.state ?? '');
  const codes = names.codes.list(readCodeList(fields, 'codes'));
  const activities = names.codes.list(readCodes(fields.optionalChildren('activities') ?? []));
  const reasonOf = compileReason(fields, scope);
  const assign = compileAssignment(fields, scope);
  return {
    act: (frame, time) => {
      const plan = { time, codes, reason: reasonOf(frame), activities };
      const entry = write.writeCarePlan(frame.person.record, plan);
      entry.state = state;
      assign(frame, entry);
      return time;
    },
  };
};

/** A procedure that takes time is waited for like a delay. */
export const procedureState: StateCompiler = (fields, scope) => {
  const state = scope.names.states.id(fields.place.state ?? '');
  const codes = scope.names.codes.list(readCodeList(fields, 'codes'));
  const draw = compileProcedureTime(fields);
  const reasonOf = compileReason(fields, scope);
  const assign = compileAssignment(fields, scope);
  return {
    act: (frame, time) => {
      if (!Number.isNaN(frame.until)) return leaveAt(frame, time);
      const reason = reasonOf(frame);
      const stop = time + (draw?.(frame.stream) ?? 0);
      const entry = write.writeProcedure(frame.person.record, { time, codes, reason, stop });
      entry.state = state;
      assign(frame, entry);
      frame.until = stop;
      return leaveAt(frame, time);
    },
    wake: ({ until }) => until,
  };
};

function compileProcedureTime(fields: Fields): Draw | null {
  const duration = fields.optionalChild('duration');
  const distribution = fields.optionalChild('distribution');
  if (duration === null && distribution === null) return null;
  const unit = readUnit(duration ?? fields);
  const draw = duration === null ? compileDistribution(distribution ?? fields) : uniform(duration);
  return (stream) => Math.max(0, millisecondsOf(unit, draw(stream)));
}

export const deviceState: StateCompiler = (fields, scope) => {
  const { names } = scope;
  const state = names.states.id(fields.place.state ?? '');
  const codes = names.codes.list([readCode(fields.child('code'))]);
  const manufacturer = wordOf(fields, 'manufacturer', names);
  const model = wordOf(fields, 'model', names);
  const assign = compileAssignment(fields, scope);
  return {
    act: (frame, time) => {
      const entry = write.writeDevice(frame.person.record, { time, codes, manufacturer, model });
      entry.state = state;
      assign(frame, entry);
      return time;
    },
  };
};

/** The number of a word of a field (`Names.words`); -1 where there is none. */
export function wordOf(fields: Fields, name: string, names: Names): number {
  const word = fields.optionalText(name);
  return word === null ? -1 : names.words.id(word);
}

/** As {@link wordOf}, for a field that has one of these words. @throws a fault of the module for another */
export function knownWordOf(
  fields: Fields,
  name: string,
  { words, names }: { readonly words: readonly [string, ...string[]]; readonly names: Names },
): number {
  return fields.optionalText(name) === null ? -1 : names.words.id(fields.oneOf(name, words));
}

export const supplyListState: StateCompiler = (fields, { names }) => {
  const supplies = fields.children('supplies').map((supply) => ({
    codes: names.codes.list([readCode(supply.child('code'))]),
    quantity: supply.number('quantity'),
  }));
  return {
    act: ({ person }, time) => {
      for (const supply of supplies) write.writeSupply(person.record, { time, ...supply });
      return time;
    },
  };
};

export const vaccineState: StateCompiler = (fields, { names }) => {
  const codes = names.codes.list(readCodeList(fields, 'codes'));
  const dose = fields.optionalNumber('series') ?? 0;
  if (codes === noCodes) return { act: (_, time) => time };
  return {
    act: ({ person }, time) => {
      write.writeImmunization(person.record, { time, codes, dose });
      return time;
    },
  };
};
