import { allergyCategories } from '../../../../core/events/categories.js';
import type { Frame } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import { Entry, noRow, type EntryKind } from '../../record/entry.js';
import { writeAllergy, writeCondition } from '../../record/write-entries.js';
import type { Scope, StateCompiler, StateParts } from '../scope.js';
import { cumulate } from '../transitions/weighted-choice.js';
import { readCode, readCodeList } from '../values/read-codes.js';
import { knownWordOf, wordOf } from './orders.js';
import { compileAssignment } from './reason.js';

type Diagnose = (frame: Frame, time: number) => Entry;

export const conditionOnsetState: StateCompiler = (fields, scope) => {
  const codes = scope.names.codes.list(readCodeList(fields, 'codes'));
  const parts = onset(fields, scope, {
    kind: 'condition',
    codes,
    write: ({ person }, time) => writeCondition(person.record, { time, codes }),
  });
  return { ...parts, onsetCodes: codes };
};

export const allergyOnsetState: StateCompiler = (fields, scope) => {
  const { codes: book } = scope.names;
  const codes = book.list(readCodeList(fields, 'codes'));
  const type = wordOf(fields, 'allergy_type', scope.names);
  const category = knownWordOf(fields, 'category', { words: allergyCategories, names: scope.names });
  const react = compileReactions(fields, scope);
  return onset(fields, scope, {
    kind: 'allergy',
    codes,
    write: (frame, time) => {
      const entry = writeAllergy(frame.person.record, { time, codes, type, category });
      react(frame, entry.row);
      return entry;
    },
  });
};

/** Begins a condition: recorded now, or when an encounter of the name of `target_encounter` finds it. */
function onset(
  fields: Fields,
  scope: Scope,
  { kind, codes, write }: { kind: EntryKind; codes: number; write: Diagnose },
): StateParts {
  const { names } = scope;
  const name = names.states.id(fields.place.state ?? '');
  const targetName = (fields.optionalText('target_encounter') ?? '').trim();
  const target = targetName === '' ? -1 : names.states.id(targetName);
  const key = names.codes.keyOfList(codes);
  const assign = compileAssignment(fields, scope);
  const diagnose = (frame: Frame, time: number): void => {
    const entry = write(frame, time);
    entry.state = name;
    assign(frame, entry);
  };
  return {
    act: (frame, time) => {
      if (target < 0 || frame.run.encounterState === target) diagnose(frame, time);
      else {
        frame.undiagnosed.push({ position: frame.position, target, diagnose });
        assign(frame, new Entry(kind, noRow, codes, key));
      }
      return time;
    },
  };
}

interface Reaction {
  readonly code: number;
  readonly cumulative: Float64Array;
  /** `Names.words`; -1 for none. */
  readonly severities: readonly number[];
}

/** Draws how severe each reaction of an allergy is; one number a reaction. */
function compileReactions(fields: Fields, { names }: Scope): (frame: Frame, allergy: number) => void {
  const reactions = (fields.optionalChildren('reactions') ?? []).map((reaction): Reaction => {
    const severities = reaction.children('possible_severities');
    return {
      code: names.codes.code(readCode(reaction.child('reaction'))),
      cumulative: cumulate(severities.map((one) => one.number('value'))),
      severities: severities.map((one) => {
        const level = one.text('level').toLowerCase();
        return level === 'none' ? -1 : names.words.id(level);
      }),
    };
  });
  return ({ person, stream }, allergy) => {
    const rows = person.record.buffers.reactions;
    for (const { code, cumulative, severities } of reactions) {
      const p = stream.uniform();
      const severity = severities[cumulative.findIndex((sum) => sum > p)] ?? -1;
      if (severity < 0) continue;
      rows.allergy.push(allergy);
      rows.reaction.push(code);
      rows.severity.push(severity);
    }
  };
}
