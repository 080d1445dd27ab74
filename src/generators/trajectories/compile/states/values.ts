import type { Frame } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import { streamKey } from '../../person/stream.js';
import type { AttributeValue } from '../../person/attribute-value.js';
import type { Scope, StateCompiler } from '../scope.js';
import { compileExpression } from '../values/expression.js';
import { compileNumber } from '../values/quantity.js';
import { readCode } from '../values/read-codes.js';
import { millisecondsOf } from '../values/time-units.js';
import { readUnit } from '../values/quantity.js';
import { readCodes } from '../values/read-codes.js';
import { Entry } from '../../record/entry.js';
import { uniform } from '../values/distribution.js';

type ValueOf = (frame: Frame, time: number) => AttributeValue | undefined;

export const setAttributeState: StateCompiler = (fields, scope) => {
  const attribute = scope.names.attributes.id(fields.text('attribute'));
  scope.findings.writtenAttributes.add(attribute);
  const valueOf = compileAttributeValue(fields, scope);
  return {
    act: (frame, time) => {
      frame.person.set(attribute, valueOf(frame, time));
      return time;
    },
  };
};

/** By the first of its fields that is there, in the order of GMF; nothing at all removes the attribute. */
function compileAttributeValue(fields: Fields, scope: Scope): ValueOf {
  if (fields.has('expression')) return compileExpression(fields, 'expression', scope);
  if (fields.has('range')) {
    const draw = compileNumber(fields);
    return ({ stream }) => draw?.(stream);
  }
  if (fields.has('series_data')) {
    const series = fields.text('series_data');
    return () => series;
  }
  const draw = compileNumber(fields);
  if (draw !== null) return ({ stream }) => draw(stream);
  if (fields.has('value_code')) {
    const code = readCode(fields.child('value_code'));
    return () => code;
  }
  if (fields.has('value_attribute')) {
    const source = scope.names.attributes.id(fields.text('value_attribute'));
    scope.findings.readAttributes.set(source, fields.place);
    return ({ person }) => person.get(source);
  }
  const { value } = fields.values;
  if (value === undefined || value === null) return () => undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return () => value;
  fields.fail('value', 'must be a text, a number, true or false.');
  return () => undefined;
}

export const counterState: StateCompiler = (fields, { names, findings }) => {
  const attribute = names.attributes.id(fields.text('attribute'));
  findings.writtenAttributes.add(attribute);
  const sign = fields.oneOf('action', ['increment', 'decrement']) === 'increment' ? 1 : -1;
  const change = sign * (fields.optionalNumber('amount') ?? 1);
  return {
    act: ({ person }, time) => {
      const value = person.get(attribute);
      person.set(attribute, (typeof value === 'number' ? value : 0) + change);
      return time;
    },
  };
};

/**
 * With its probability the symptom gets a whole number, else 0. A module has one severity of a symptom, whatever it names as
 * its `cause`: the next number it writes takes the place of the last.
 */
export const symptomState: StateCompiler = (fields, { names }) => {
  const symptom = names.symptoms.id(fields.text('symptom'));
  const probability = fields.optionalNumber('probability') ?? 1;
  const draw = compileNumber(fields);
  if (draw === null) fields.fail('', 'has none of "exact", "range" and "distribution".');
  return {
    act: ({ person, stream, run }, time) => {
      const isFelt = stream.uniform() <= probability;
      const value = isFelt ? Math.trunc(draw?.(stream) ?? 0) : 0;
      person.symptoms.set(symptom, run.name, value);
      return time;
    },
  };
};

/** Puts a generator of its own over a vital sign: a constant, or a draw on each read. */
export const vitalSignState: StateCompiler = (fields, scope) => {
  const vitalSign = scope.names.vitalSigns.id(fields.text('vital_sign'));
  scope.findings.providedVitalSigns.add(vitalSign);
  const draw = compileNumber(fields);
  const formula = draw === null ? compileExpression(fields, 'expression', scope) : null;
  const key = streamKey(`vital-sign/${fields.text('vital_sign')}`);
  return {
    act: (frame, time) => {
      const { person } = frame;
      const fixed = formula?.(frame, time) ?? NaN;
      person.vitalSigns.provide(vitalSign, draw === null ? () => fixed : (of) => draw(of.stream(key)));
      return time;
    },
  };
};

/** Death now, or after a time that is drawn now. Its cause: codes, an attribute, or the condition of a state. */
export const deathState: StateCompiler = (fields, scope) => {
  const timed = fields.optionalChild('exact') ?? fields.optionalChild('range');
  const draw = timed === null ? null : fields.has('exact') ? exactly(timed) : uniform(timed);
  const unit = timed === null ? 'days' : readUnit(timed);
  const causeOf = compileCause(fields, scope);
  return {
    act: (frame, time) => {
      const after = draw === null ? 0 : millisecondsOf(unit, draw(frame.stream));
      const cause = causeOf(frame);
      if (frame.person.isAlive(time)) frame.person.die(time + after, cause);
      return time;
    },
  };
};

function exactly(fields: Fields): () => number {
  const value = fields.number('quantity');
  return () => value;
}

function compileCause(fields: Fields, { names, findings }: Scope): (frame: Frame) => number {
  const codes = fields.optionalChildren('codes');
  if (codes !== null) {
    const list = names.codes.list(readCodes(codes));
    return () => list;
  }
  const stateName = fields.optionalText('condition_onset');
  if (stateName !== null) {
    const state = names.states.id(stateName);
    findings.tracked.add(state);
    return ({ person, seen }) => person.record.presentOfState(state)?.codes ?? seen.get(state)?.codes ?? -1;
  }
  const reference = fields.optionalText('referenced_by_attribute');
  if (reference === null) return () => -1;
  const attribute = names.attributes.id(reference);
  findings.readAttributes.set(attribute, fields.place);
  return ({ person }) => {
    const entry = person.get(attribute);
    return entry instanceof Entry ? entry.codes : -1;
  };
}
