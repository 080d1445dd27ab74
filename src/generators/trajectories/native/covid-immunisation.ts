import type { Person } from '../person/person.js';
import { noCodes } from '../codes.js';
import { streamKey } from '../person/stream.js';
import type { NativeModule } from './native-module.js';

const day = 86_400_000;
interface AgeGroup {
  readonly from: number;
  /** Share that is ever vaccinated (CDC, first dose by age, February 2022). */
  readonly share: number;
  /** When the group was first called. */
  readonly opens: number;
}
const groups: readonly AgeGroup[] = [
  { from: 75, share: 0.899, opens: Date.UTC(2021, 0, 11) },
  { from: 65, share: 0.952, opens: Date.UTC(2021, 1, 1) },
  { from: 50, share: 0.817, opens: Date.UTC(2021, 2, 15) },
  { from: 40, share: 0.739, opens: Date.UTC(2021, 3, 19) },
  { from: 30, share: 0.681, opens: Date.UTC(2021, 4, 3) },
  { from: 18, share: 0.606, opens: Date.UTC(2021, 4, 17) },
  { from: 16, share: 0.601, opens: Date.UTC(2021, 5, 7) },
  { from: 12, share: 0.521, opens: Date.UTC(2021, 6, 19) },
];
/** Mean wait (days) from being called to the first dose. */
const meanWait = 45;
const secondDose = 21 * day;
const vaccine = {
  system: 'CVX',
  code: '208',
  display: 'COVID-19 mRNA vaccine 30 mcg/0.3 mL',
};
const encounterCode = { system: 'SNOMED-CT', code: '33879002', display: 'Administration of vaccine' };
const start = Date.UTC(2021, 0, 1);

/** Two doses in 2021 for those who accept them; both in an encounter of their own. */
export const covidImmunisation: NativeModule = {
  name: 'COVID-19 Immunization',
  place: 'among-modules',
  provides: { attributes: ['C19_FULLY_VACCINATED'], vitalSigns: [] },
  bind: (names) => {
    const key = streamKey('native/COVID-19 Immunization');
    const [fully, first] = [
      names.attributes.id('C19_FULLY_VACCINATED'),
      names.attributes.id('first COVID-19 dose'),
    ];
    const codes = names.codes.list([vaccine]);
    const visit = {
      encounterClass: names.encounterClasses.id('outpatient'),
      codes: names.codes.list([encounterCode]),
      ...{ reason: noCodes, module: names.modules.id('COVID-19 Immunization'), state: -1, isVirtual: false },
    };
    const give = (person: Person, time: number, dose: number): void => {
      const encounter = person.record.encounters.start(time, visit);
      const rows = person.record.buffers.immunizations;
      rows.encounter.push(encounter);
      rows.start.push(time);
      rows.codes.push(codes);
      rows.dose.push(dose);
      person.record.encounters.end(encounter, time, -1);
    };
    return {
      step: (person, time) => {
        if (time < start) return start;
        const given = person.get(first);
        if (typeof given === 'number') {
          if (time < given + secondDose) return given + secondDose;
          give(person, time, 2);
          person.set(fully, true);
          return Infinity;
        }
        const due = dueAt(person, time, person.stream(key));
        if (due > time) return due;
        give(person, time, 1);
        person.set(first, time);
        return time + secondDose;
      },
    };
  },
};

/** When the first dose is given: Infinity for those who want none. */
function dueAt(
  person: Person,
  time: number,
  stream: { uniformAt(step: number, draw: number): number },
): number {
  const age = person.ages.years(Math.max(time, start));
  const group = groups.find(({ from }) => age >= from);
  const youngest = groups.at(-1);
  if (group === undefined) return person.ages.monthsAfterBirth(12 * (youngest?.from ?? 12));
  if (stream.uniformAt(0, 0) >= group.share) return Infinity;
  return group.opens - meanWait * day * Math.log(stream.uniformAt(0, 1));
}
