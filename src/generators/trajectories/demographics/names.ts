import { groupBy } from '../../../core/collections/group-by.js';
import type { Random } from '../../../core/random/random.js';
import { WeightedChoice } from '../../tabular/weighted-choice.js';
import type { Sex } from '../growth/growth-charts.js';
import { PackError, readRecords, type PackRecord } from '../tables/read-records.js';
import { drawFor, elementAt } from './person-draws.js';

/** Given and family names; they go with a group, and no group goes with a name. */
export interface NameBook {
  given(of: { sex: Sex; birthYear: number; group: string }, random: Random): string;
  family(group: string, random: Random): string;
}

interface NameTexts {
  readonly givenNames: string;
  readonly givenNamesByGroup: string;
  readonly surnames: string;
}

/** Half of the people of a group that has its own list are named from it. */
const ownListShare = 0.5;
/** Whose lists the groups use that have none. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
  ...{ D: ['A', 'M'], E: ['A', 'N'], F: ['A', 'H'], G: ['A', 'S'], L: ['H', 'J'], P: ['N', 'M'] },
};

/** @throws {PackError} naming the file and what it lacks */
export function readNameBook(texts: NameTexts): NameBook {
  const byDecade = choicesBy(readRecords(texts.givenNames, 'given-names.csv'), 'per_million', (record) => {
    return `${record.text('birth_decade')} ${sexOf(record)}`;
  });
  const byGroup = groupBy(
    readRecords(texts.givenNamesByGroup, 'given-names-by-group.csv'),
    (record) => `${record.text('ethnic_code')} ${sexOf(record)}`,
  );
  const surnames = choicesBy(readRecords(texts.surnames, 'surnames.csv'), 'weight', (record) =>
    record.text('ethnic_code'),
  );
  return {
    given: ({ sex, birthYear, group }, random) => {
      const decade = Math.max(1900, Math.min(2020, Math.floor(birthYear / 10) * 10));
      const draw = drawFor(random, 'givenName');
      const list = drawFor(random, 'givenList');
      const own = byGroup.get(`${listGroup(group, list / ownListShare)} ${sex}`);
      if (own !== undefined && list < ownListShare) return elementAt(own, draw)?.text('name') ?? '';
      const common = byDecade.get(`${decade} ${sex}`);
      if (common === undefined) throw new PackError(`given-names.csv has no names of ${decade} ${sex}.`);
      return common(draw);
    },
    family: (group, random) => {
      const name = surnames.get(listGroup(group, drawFor(random, 'givenList'))) ?? surnames.get('A');
      if (name === undefined) throw new PackError(`surnames.csv has no names of ${group}.`);
      return name(drawFor(random, 'familyName'));
    },
  };
}

function choicesBy(
  records: readonly PackRecord[],
  weight: string,
  keyOf: (record: PackRecord) => string,
): ReadonlyMap<string, (uniform: number) => string> {
  return new Map(
    [...groupBy(records, keyOf)].map(([key, members]) => {
      const choice = new WeightedChoice(
        key,
        members.map((member) => member.number(weight)),
      );
      const names = members.map((member) => member.text('name'));
      return [key, (uniform: number) => names[choice.pick(uniform)] ?? ''];
    }),
  );
}

function listGroup(group: string, uniform: number): string {
  return elementAt(neighbours[group] ?? [group], Math.min(uniform, 0.999999)) ?? group;
}

function sexOf(record: PackRecord): Sex {
  const sex = record.text('sex');
  if (sex !== 'male' && sex !== 'female') throw new PackError(`A sex is male or female, not "${sex}".`);
  return sex === 'male' ? 'M' : 'F';
}
