import { observationCategories } from '../../../../core/events/categories.js';
import type { Frame } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import { Entry } from '../../record/entry.js';
import type { NewObservation, ObservedValue } from '../../record/observations.js';
import type { Scope, StateCompiler } from '../scope.js';
import { compileExpression } from '../values/expression.js';
import { compileNumber } from '../values/quantity.js';
import { readCode, readCodeList } from '../values/read-codes.js';
import { knownWordOf, wordOf } from './orders.js';

type ValueOf = (frame: Frame, time: number) => ObservedValue | undefined;
type Observe = (frame: Frame, time: number) => NewObservation;

export const observationState: StateCompiler = (fields, scope) => {
  const observe = compileObservation(fields, scope);
  return {
    act: (frame, time) => {
      frame.person.record.observations.add(time, observe(frame, time));
      return time;
    },
  };
};

/** One observation with components. */
export const multiObservationState: StateCompiler = (fields, scope) => {
  const components = fields.children('observations').map((one) => compileObservation(one, scope));
  const { names } = scope;
  const codes = names.codes.list(readCodeList(fields, 'codes'));
  const group = { codes, category: categoryOf(fields, names), unit: -1, value: undefined };
  return {
    act: (frame, time) => {
      const found = components.map((observe) => observe(frame, time));
      frame.person.record.observations.addGroup(time, group, found);
      return time;
    },
  };
};

export const diagnosticReportState: StateCompiler = (fields, scope) => {
  const observations = fields.children('observations').map((one) => compileObservation(one, scope));
  const codes = scope.names.codes.list(readCodeList(fields, 'codes'));
  return {
    act: (frame, time) => {
      const found = observations.map((observe) => observe(frame, time));
      frame.person.record.observations.addReport(time, codes, found);
      return time;
    },
  };
};

function compileObservation(fields: Fields, scope: Scope): Observe {
  const { names } = scope;
  const codes = names.codes.list(readCodeList(fields, 'codes'));
  const category = categoryOf(fields, names);
  const unit = wordOf(fields, 'unit', names);
  const valueOf = compileValue(fields, scope);
  return (frame, time) => ({ codes, category, unit, value: valueOf(frame, time) });
}

/** Modules may leave it out, but not make one up. */
function categoryOf(fields: Fields, names: Scope['names']): number {
  return knownWordOf(fields, 'category', { words: observationCategories, names });
}

/** The value, by the first of its fields that is there, in the order of GMF. */
function compileValue(fields: Fields, scope: Scope): ValueOf {
  const { quantity } = fields.optionalChild('exact')?.values ?? {};
  if (typeof quantity === 'string') return () => quantity;
  const draw = compileNumber(fields);
  if (draw !== null) return ({ stream }) => draw(stream);
  if (fields.has('attribute')) return attributeValue(fields.text('attribute'), fields, scope);
  if (fields.has('vital_sign')) {
    const vitalSign = scope.names.vitalSigns.id(fields.text('vital_sign'));
    scope.findings.readVitalSigns.set(vitalSign, fields.place);
    return ({ person }, time) => person.vitalSigns.read(vitalSign, time);
  }
  if (fields.has('value_code')) {
    const code = readCode(fields.child('value_code'));
    return () => code;
  }
  if (fields.has('expression')) return compileExpression(fields, 'expression', scope);
  if (fields.has('sampled_data')) return sampledData(fields.child('sampled_data'), scope);
  const title = fields.optionalChild('attachment')?.optionalText('title') ?? undefined;
  return () => title;
}

function attributeValue(name: string, { place }: Fields, { names, findings }: Scope): ValueOf {
  const attribute = names.attributes.id(name);
  findings.readAttributes.set(attribute, place);
  return ({ person }) => {
    const value = person.get(attribute);
    return value instanceof Entry ? undefined : value;
  };
}

/** Series of numbers that attributes hold as text, one series after the other. */
function sampledData(fields: Fields, { names }: Scope): ValueOf {
  const listed = fields.values['attributes'];
  const attributes = (Array.isArray(listed) ? listed : []).map((name) => names.attributes.id(String(name)));
  return ({ person }) =>
    attributes
      .map((attribute) => person.get(attribute))
      .filter((value) => typeof value === 'string')
      .join('\n');
}
