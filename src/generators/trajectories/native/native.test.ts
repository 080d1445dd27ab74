import { Random } from '../../../core/random/random.js';
import { compileModules } from '../compile/compile-modules.js';
import type { Person } from '../person/person.js';
import { simulatePerson } from '../simulate-person.js';
import { contentText, theGrowthCharts } from '../testing/content.js';
import { readBmiAtTwo } from './growth.js';
import { readSchedule } from './immunisation-schedule.js';
import { doseDue } from './immunisations.js';
import { creatinineFor } from './laboratory.js';
import { smokerShare } from './lifecycle.js';
import type { NativeModule } from './native-module.js';
import { chanceOf } from './social.js';
import { standardNatives } from './standard-natives.js';

const day = 86_400_000;
const year = 365.2425 * day;
const charts = theGrowthCharts();
const schedule = readSchedule(contentText('immunisation/gb.csv'), 'gb.csv');
const natives = standardNatives({
  ...{ charts, schedule, country: 'US' },
  atTwo: readBmiAtTwo(contentText('growth/nhanes-bmi-at-two.csv')),
});
const birth = Date.UTC(1960, 4, 5);
const random = Random.fromSeed('natives');

function live(index: number, more: { years: number; extra?: NativeModule; attributes?: object }): Person {
  const compiled = compileModules({
    natives: more.extra === undefined ? natives : [...natives, more.extra],
  });
  return simulatePerson(
    compiled,
    {
      ...{ index, birth, sex: index % 2 === 0 ? 'F' : 'M' },
      attributes: { race: 'white', ...more.attributes },
    },
    { random, end: birth + more.years * year },
  ).person;
}
const sign = (person: Person, name: string, time: number): number =>
  person.vitalSigns.read(person.names.vitalSigns.id(name), time);
const people = Array.from({ length: 60 }, (_, index) => live(index, { years: 50 }));
const end = birth + 50 * year;
const shareOf = (is: (person: Person) => boolean): number => people.filter(is).length / people.length;

/** Writes attributes on one day of every life. */
const writing = (
  years: number,
  attributes: Readonly<Record<string, string | number | boolean>>,
): NativeModule => ({
  name: 'Writing',
  place: 'among-modules',
  provides: { attributes: [], vitalSigns: [] },
  bind: () => ({
    step: (person, time) => {
      if (time < birth + years * year) return birth + years * year;
      for (const [name, value] of Object.entries(attributes)) person.setByName(name, value);
      return Infinity;
    },
  }),
});

describe('growth', () => {
  it('takes adults to their height and leaves it there', () => {
    for (const person of people.slice(0, 20)) {
      const height = sign(person, 'Height', end);
      expect(sign(person, 'Height', birth + 21 * year)).toBe(height);
      expect(height).toBeGreaterThan(135);
      expect(height).toBeLessThan(210);
    }
    const men = people.filter(({ sex }) => sex === 'M').map((person) => sign(person, 'Height', end));
    // CDC median at 20 years 176.8 cm, standard deviation 7: the mean of 30 lies within 5.2 (four standard errors).
    expect(Math.abs(men.reduce((sum, height) => sum + height, 0) / men.length - 176.8)).toBeLessThan(5.2);
  });

  it('lets adults gain 1 to 2 kg a year until their BMI is 30, where they begin to manage their weight', () => {
    const young = people.map((person) => live(person.index, { years: 30 }));
    const free = young.filter((person) => person.getByName('active_weight_management') === false);
    expect(free.length).toBeGreaterThan(15);
    expect(free.length).toBeLessThan(people.length);
    const weight = (person: Person, years: number): number =>
      sign(live(person.index, { years }), 'Weight', birth + years * year);
    for (const person of free.slice(0, 6)) {
      const gained = weight(person, 29.5) - weight(person, 20.05);
      // From the 21st birthday to the 29th: 9 gains.
      expect(gained).toBeGreaterThan(9);
      expect(gained).toBeLessThan(18);
    }
    const managed = shareOf((person) => person.getByName('active_weight_management') === true);
    expect(managed).toBeGreaterThan(0.9);
  });

  it('gives a lost weight back after five years, unless the loss lasts', () => {
    const kept = people.filter((one) => one.getByName('long_term_weight_loss') === true);
    // 0.605 * 0.2 of each attempt; several attempts by 50 years.
    expect(kept.length / people.length).toBeGreaterThan(0.08);
    for (const person of kept) {
      const start = Number(person.getByName('weight_management_start'));
      const lost = 1 - sign(person, 'Weight', end) / sign(person, 'Weight', start);
      if (start > birth + 20 * year && end - start > 2 * year) {
        expect(lost).toBeGreaterThan(0.069);
        expect(lost).toBeLessThan(0.101);
      }
    }
  });
});

describe('lipids without diabetes', () => {
  const values = (name: string): number[] =>
    Array.from({ length: 4000 }, (_, index) => sign(person(index), name, birth + index * 7 * day));
  // A life of one day: the values of a week need nothing that was lived.
  const lives = Array.from({ length: 200 }, (_, index) => live(index, { years: 1 / 365 }));
  const person = (index: number): Person => lives[index % lives.length] ?? live(index, { years: 0 });
  const share = (all: readonly number[], is: (value: number) => boolean): number =>
    all.filter(is).length / all.length;

  it('have the shares of the data brief: 11 % of cholesterol above 240, HDL below 40 in 27 % of men and 9 % of women', () => {
    // 200 people with 20 weeks each: standard errors of at most 0.02 and, for 100 of one sex, 0.044 and 0.028.
    expect(Math.abs(share(values('Total Cholesterol'), (value) => value > 240) - 0.11)).toBeLessThan(0.08);
    const hdl = values('HDL');
    const low = (sex: number): number =>
      share(
        hdl.filter((_, index) => index % 2 === sex),
        (value) => value < 40,
      );
    expect(Math.abs(low(1) - 0.266)).toBeLessThan(0.18);
    expect(Math.abs(low(0) - 0.085)).toBeLessThan(0.12);
    expect(low(1)).toBeGreaterThan(low(0));
  });

  it('belong to the person: low HDL stays low', () => {
    for (const one of lives.slice(0, 60)) {
      const weeks = Array.from({ length: 30 }, (_, week) => sign(one, 'HDL', birth + week * 7 * day));
      expect(new Set(weeks.map((value) => value < 40)).size).toBe(1);
      expect(Math.max(...weeks) - Math.min(...weeks)).toBeLessThan(0.3 * 36);
    }
  });
});

describe('life events', () => {
  it('happen as often as they should', () => {
    // 60 people, four standard errors.
    expect(Math.abs(shareOf((one) => one.getByName('RH_NEG') === true) - 0.15)).toBeLessThan(0.19);
    expect(Math.abs(shareOf((one) => one.getByName('marital_status') === 'M') - 0.8)).toBeLessThan(0.21);
    const smoked = shareOf(
      (one) => one.getByName('smoker') === true || one.getByName('quit smoking age') !== undefined,
    );
    expect(Math.abs(smoked - smokerShare(1976))).toBeLessThan(0.26);
  });

  it('know the share of smokers that was published', () => {
    expect(smokerShare(1964)).toBe(0.424);
    expect(smokerShare(1985)).toBeCloseTo(0.307, 3);
    expect(smokerShare(2015)).toBeCloseTo(0.161, 3);
  });

  it('count the days to a death that lies ahead', () => {
    const dying: NativeModule = {
      ...writing(0, {}),
      bind: () => ({
        step: (person, time) => {
          if (time >= birth + 30 * year) person.die(birth + 30 * year + 100 * day, -1);
          return time;
        },
      }),
    };
    const left = Number(live(1, { years: 40, extra: dying }).getByName('days_until_death'));
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left).toBeLessThan(8);
  });

  it('draw social circumstances by their chances', () => {
    const chances = { [chanceOf('uninsured')]: 1, [chanceOf('no_vehicle_access')]: 0, poverty_ratio: 3 };
    const person = live(4, { years: 30, attributes: chances });
    expect(person.getByName('uninsured')).toBe(true);
    expect(person.getByName('no_vehicle_access')).toBe(false);
    expect(person.getByName('insurance_status')).toBe('none');
    expect(live(4, { years: 66, attributes: chances }).getByName('insurance_status')).toBe('medicare');
  });
});

describe('vital signs', () => {
  it('lie where health and illness put them', () => {
    const healthy = people.slice(0, 40);
    const ill = Array.from({ length: 16 }, (_, index) =>
      live(index, {
        years: 50,
        extra: writing(40, { hypertension: true, diabetes: true, diabetes_severity: 2, ckd: 3, chf: true }),
      }),
    );
    for (const person of healthy) {
      expect(sign(person, 'Blood Glucose', end)).toBeLessThan(5.7);
      expect(sign(person, 'Oxygen Saturation', end)).toBeGreaterThanOrEqual(90);
      expect(sign(person, 'EGFR', end)).toBeGreaterThan(55);
    }
    for (const person of ill) {
      const at = birth + 49 * year;
      expect(sign(person, 'Blood Glucose', at)).toBeGreaterThanOrEqual(6.6);
      expect(sign(person, 'Oxygen Saturation', at)).toBeLessThan(90);
      expect(sign(person, 'EGFR', at)).toBeLessThan(30);
      expect(sign(person, 'Total Cholesterol', at)).toBeGreaterThanOrEqual(239);
    }
    const mean = (group: Person[], time: number): number =>
      group.reduce((sum, person) => sum + sign(person, 'Systolic Blood Pressure', time), 0) / group.length;
    expect(mean(ill, birth + 49 * year) - mean(healthy, end)).toBeGreaterThan(15);
  });

  it('give creatinine by Cockcroft and Gault', () => {
    // (140 - 40) * 72 / (72 * 100) = 1 mg/dL; 15 % less for women.
    expect(creatinineFor({ clearance: 100, age: 40, weight: 72, sex: 'M' })).toBeCloseTo(1, 12);
    expect(creatinineFor({ clearance: 100, age: 40, weight: 72, sex: 'F' })).toBeCloseTo(0.85, 12);
  });

  it('make risks that are chances, or none', () => {
    for (const person of people.slice(0, 40)) {
      expect(Number(person.getByName('mi_risk'))).toBeGreaterThan(0);
      expect(Number(person.getByName('ihd_risk'))).toBeCloseTo(5 * Number(person.getByName('mi_risk')), 12);
      expect(Number(person.getByName('stroke_risk'))).toBeLessThan(0.01);
    }
    expect(Number(live(1, { years: 35 }).getByName('mi_risk'))).toBeLessThan(0);
  });
});

describe('the immunisation schedule', () => {
  const named = (name: string) => schedule.find((one) => one.name === name)!;
  const at = (months: number, birthDate: number, before: number) => ({
    ...{ months, before },
    time: birthDate + months * 30.44 * day,
  });

  it('gives each dose once, in its time', () => {
    const born = Date.UTC(2022, 0, 1);
    const baby = { sex: 'F', birth: born } as const;
    const hexavalent = named('DTaP/IPV/Hib/HepB');
    expect(doseDue(hexavalent, baby, at(1, born, 0))).toBeNull();
    expect(doseDue(hexavalent, baby, at(2, born, 0))).toBe(0);
    expect(doseDue(hexavalent, baby, at(2, born, 1))).toBeNull();
    expect(doseDue(hexavalent, baby, at(5, born, 1))).toBe(1);
  });

  it('does not make up for a dose whose time is over', () => {
    const born = Date.UTC(2022, 0, 1);
    expect(doseDue(named('Rotavirus'), { sex: 'F', birth: born }, at(12, born, 0))).toBeNull();
  });

  it('knows cohorts, sexes and years', () => {
    const girls = named('HPV girls');
    const born = Date.UTC(1998, 0, 1);
    expect(doseDue(girls, { sex: 'F', birth: born }, at(150, born, 0))).toBe(0);
    expect(doseDue(girls, { sex: 'M', birth: born }, at(150, born, 0))).toBeNull();
    const earlier = Date.UTC(1990, 0, 1);
    expect(doseDue(girls, { sex: 'F', birth: earlier }, at(150, earlier, 0))).toBeNull();
  });

  it('gives a yearly dose once a year and misses none twice', () => {
    const born = Date.UTC(1940, 0, 1);
    const old = { sex: 'M', birth: born } as const;
    const flu = named('Influenza from 65');
    const first = doseDue(flu, old, at(785, born, 0))!;
    expect(doseDue(flu, old, at(786, born, first + 1))).toBeNull();
    expect(doseDue(flu, old, at(850, born, first + 1))).toBe(5);
  });
});
