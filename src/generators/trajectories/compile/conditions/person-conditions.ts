import type { Fields } from '../../library/fields.js';
import type { Scope } from '../scope.js';
import { numberTest } from './compare.js';
import type { CompiledCondition } from '../compiled-condition.js';
import { condition } from './condition.js';

/** Calendar age; it changes on the anniversaries of the quantity and of the next whole number. */
export function ageCondition(fields: Fields): CompiledCondition {
  const months = fields.oneOf('unit', ['years', 'months']) === 'months';
  const test = numberTest(fields, 'quantity');
  const quantity = Math.max(0, fields.optionalNumber('quantity') ?? 0);
  const perUnit = months ? 1 : 12;
  const turns = [Math.ceil(quantity), Math.floor(quantity) + 1].map((age) => age * perUnit);
  return condition(
    months
      ? ({ person }, time) => test(person.ages.months(time))
      : ({ person }, time) => test(person.ages.years(time)),
    {
      changesAt: ({ person }, time) => {
        for (const turn of turns) {
          const moment = person.ages.monthsAfterBirth(turn);
          if (moment > time) return moment;
        }
        return Infinity;
      },
    },
  );
}

export function genderCondition(fields: Fields): CompiledCondition {
  const sex = fields.oneOf('gender', ['F', 'M']);
  return condition(({ person }) => person.sex === sex);
}

/** Case does not count in races. */
export function raceCondition(fields: Fields, { names }: Scope): CompiledCondition {
  const race = fields.text('race').toLowerCase();
  const attribute = names.attributes.id('race');
  return condition(
    ({ person }) => {
      const value = person.get(attribute);
      return typeof value === 'string' && value.toLowerCase() === race;
    },
    { attributes: [attribute] },
  );
}

export function socioeconomicCondition(fields: Fields, { names }: Scope): CompiledCondition {
  const category = fields.oneOf('category', ['High', 'Middle', 'Low']);
  const attribute = names.attributes.id('socioeconomic_category');
  return condition(({ person }) => person.get(attribute) === category, { attributes: [attribute] });
}
