import { socialCircumstances } from '../demographics/demographics.js';
import type { Person } from '../person/person.js';
import { streamKey } from '../person/stream.js';
import type { NativeModule } from './native-module.js';
import { msPerDay } from '../../../core/time/units.js';

const halfYear = 182.5 * msPerDay;
const workingAge = 18;

/** Under which name the chance of a circumstance is kept. */
export function chanceOf(circumstance: string): string {
  return `chance of ${circumstance}`;
}

/** Social circumstances: drawn once, unemployment again each half year from 18 on. */
export const social: NativeModule = {
  name: 'Social Circumstances',
  place: 'before-visits',
  provides: { attributes: socialCircumstances, vitalSigns: [] },
  bind: (names) => {
    const ids = socialCircumstances.map(
      (name) => [names.attributes.id(name), names.attributes.id(chanceOf(name))] as const,
    );
    const unemployed = ids[socialCircumstances.indexOf('unemployed')];
    const key = streamKey('native/Social Circumstances');
    const draw = (person: Person, [flag, chance]: readonly [number, number]): void => {
      person.set(flag, person.stream(key).uniform() < Number(person.get(chance) ?? 0));
    };
    return {
      begin: (person) => {
        for (const one of ids) draw(person, one);
      },
      step: (person, time) => {
        const from = person.ages.monthsAfterBirth(12 * workingAge);
        if (time < from) return from;
        if (unemployed !== undefined) draw(person, unemployed);
        return time + halfYear;
      },
    };
  },
};
