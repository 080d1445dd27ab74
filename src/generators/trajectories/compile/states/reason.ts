import type { Frame } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import { Entry } from '../../record/entry.js';
import { isCode } from '../conditions/compare.js';
import type { Scope } from '../scope.js';

/** Answers the number of a list of codes; -1 for no reason. */
export type ReasonOf = (frame: Frame) => number;

/**
 * `reason` names an attribute that holds an entry or a code; or else a state that the module was in: then what is present
 * from it, or the codes of the condition that it began.
 */
export function compileReason(fields: Fields, { names, findings }: Scope): ReasonOf {
  const reason = fields.optionalText('reason') ?? '';
  if (reason === '') return () => -1;
  const attribute = names.attributes.id(reason);
  const state = names.states.id(reason);
  findings.tracked.add(state);
  return ({ person, seen }) => {
    const value = person.get(attribute);
    if (value instanceof Entry) return value.codes;
    if (isCode(value)) return names.codes.list([value]);
    const entry = seen.get(state);
    return entry === undefined ? -1 : (person.record.presentOfState(state)?.codes ?? entry.codes);
  };
}

/** Stores an entry in the attribute that `assign_to_attribute` names, if any. */
export function compileAssignment(
  fields: Fields,
  { names, findings }: Scope,
): (frame: Frame, entry: Entry) => void {
  const name = fields.optionalText('assign_to_attribute') ?? '';
  if (name === '') return () => undefined;
  const attribute = names.attributes.id(name);
  findings.writtenAttributes.add(attribute);
  return ({ person }, entry) => {
    person.set(attribute, entry);
  };
}
