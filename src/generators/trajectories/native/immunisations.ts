import type { Names } from '../names.js';
import type { Person } from '../person/person.js';
import type { VaccineSeries } from './immunisation-schedule.js';
import type { NativeModule, NativeProcess } from './native-module.js';

const day = 86_400_000;
/** The least time between two doses of a series. */
const betweenDoses = 28 * day;

/** Gives the doses that are due in each visit of the calendar or of symptoms. */
export function immunisations(schedule: readonly VaccineSeries[]): NativeModule {
  return {
    name: 'Immunisations',
    place: 'before-visits',
    provides: { attributes: [], vitalSigns: [] },
    bind: (names) => immunisationProcess(names, schedule),
  };
}

function immunisationProcess(names: Names, schedule: readonly VaccineSeries[]): NativeProcess {
  const bound = schedule.map((series) => ({
    series,
    codes: names.codes.list([series.code]),
    given: names.attributes.id(`doses of ${series.name}`),
    last: names.attributes.id(`last dose of ${series.name}`),
  }));
  return {
    visit: (person, time, { encounter }) => {
      const months = person.ages.months(time);
      for (const { series, codes, given, last } of bound) {
        const before = Number(person.get(given) ?? 0);
        const dose = doseDue(series, person, { time, months, before });
        if (dose === null || time - Number(person.get(last) ?? -Infinity) < betweenDoses) continue;
        record(person, time, { encounter, codes, dose: series.isYearly ? 0 : dose + 1 });
        person.set(given, dose + 1);
        person.set(last, time);
      }
    },
  };
}

/** The number of the dose that is due, from 0; null for none. */
export function doseDue(
  series: VaccineSeries,
  person: Pick<Person, 'sex' | 'birth'>,
  { time, months, before }: { time: number; months: number; before: number },
): number | null {
  if (series.sex !== null && series.sex !== person.sex) return null;
  if (time < series.from || time > series.until) return null;
  if (person.birth < series.bornFrom || person.birth > series.bornUntil) return null;
  let due = series.dueMonths.findLastIndex((month) => month <= months);
  if (!series.isYearly) due = Math.min(due, before);
  while (due >= 0 && due < series.dueMonths.length) {
    const month = series.dueMonths[due] ?? 0;
    if (due < before || month > months) return null;
    if (months <= month + series.withinMonths) return due;
    due += 1; // The span of this dose is over; a later one can be given.
  }
  return null;
}

function record(person: Person, time: number, of: { encounter: number; codes: number; dose: number }): void {
  const rows = person.record.buffers.immunizations;
  rows.encounter.push(of.encounter);
  rows.start.push(time);
  rows.codes.push(of.codes);
  rows.dose.push(of.dose);
}
