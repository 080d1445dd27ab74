import { Entry } from '../../record/entry.js';
import type { StateCompiler } from '../scope.js';
import { readCodes } from '../values/read-codes.js';

/** Ends what a state began, what an attribute holds, or what has one of the codes; `stateField` names the first of these. */
export function endState(stateField: string): StateCompiler {
  return (fields, { names, findings }) => {
    const stateName = fields.optionalText(stateField);
    if (stateName !== null) {
      const state = names.states.id(stateName);
      return {
        act: ({ person }, time) => {
          person.record.endByState(state, time);
          return time;
        },
      };
    }
    const reference = fields.optionalText('referenced_by_attribute');
    if (reference !== null) {
      const attribute = names.attributes.id(reference);
      findings.readAttributes.set(attribute, fields.place);
      return {
        act: ({ person }, time) => {
          const entry = person.get(attribute);
          if (entry instanceof Entry) person.record.end(entry.key, time);
          return time;
        },
      };
    }
    const keys = readCodes(fields.children('codes')).map(({ code }) => names.codes.keys.id(code));
    return {
      act: ({ person }, time) => {
        for (const key of keys) person.record.end(key, time);
        return time;
      },
    };
  };
}
