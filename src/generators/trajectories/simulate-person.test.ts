import { Random } from '../../core/random/random.js';
import { compileModules } from './compile/compile-modules.js';
import type { NativeModule } from './native/native-module.js';
import { streamKey } from './person/stream.js';
import { simulatePerson } from './simulate-person.js';

const day = 86_400_000;
const birth = Date.UTC(2000, 0, 31);

/** Counts its weeks, draws one number a week, and ends the life in the tenth. */
const counting: NativeModule = {
  name: 'Counting',
  place: 'among-modules',
  provides: { attributes: ['weeks', 'sum'], vitalSigns: ['Heart Rate'] },
  bind: (names) => {
    const [weeks, sum] = [names.attributes.id('weeks'), names.attributes.id('sum')];
    const heartRate = names.vitalSigns.id('Heart Rate');
    const key = streamKey('native/Counting');
    return {
      begin: (person) => {
        person.vitalSigns.provide(
          heartRate,
          (of, time) => 60 + 20 * of.stream(key).uniformAt(of.weekAt(time)),
        );
      },
      step: (person, time) => {
        const count = Number(person.get(weeks) ?? 0) + 1;
        person.set(weeks, count);
        person.set(sum, Number(person.get(sum) ?? 0) + person.stream(key).uniform());
        if (count === 10) person.die(time + 2 * day, -1);
        return time;
      },
    };
  },
};

const compiled = compileModules({ natives: [counting] });
const live = (index: number, seed = 's') =>
  simulatePerson(
    compiled,
    { index, birth, sex: 'F', attributes: { race: 'white' } },
    { random: Random.fromSeed(seed), end: birth + 3650 * day },
  ).person;

describe('a simulated life', () => {
  it('goes week by week from birth until death', () => {
    const person = live(1);
    expect(person.getByName('weeks')).toBe(10);
    expect(person.death).toBe(birth + 9 * 7 * day + 2 * day);
    expect(person.getByName('race')).toBe('white');
  });

  it('is fixed by seed and person', () => {
    expect(live(3).getByName('sum')).toBe(live(3).getByName('sum'));
    expect(live(3).getByName('sum')).not.toBe(live(4).getByName('sum'));
    expect(live(3).getByName('sum')).not.toBe(live(3, 't').getByName('sum'));
  });

  it('gives one value of a vital sign for all reads of a week', () => {
    const person = live(1);
    const read = (time: number) => person.vitalSigns.read(0, time);
    expect(read(birth + 8 * day)).toBe(read(birth + 13 * day));
    expect(read(birth + 8 * day)).not.toBe(read(birth + 14 * day));
  });

  it('counts calendar ages, also from the last day of a month', () => {
    const { ages } = live(1);
    expect(ages.months(Date.UTC(2000, 1, 28))).toBe(0);
    expect(ages.months(Date.UTC(2000, 1, 29))).toBe(1);
    expect(ages.months(Date.UTC(2000, 2, 30))).toBe(1);
    expect(ages.months(Date.UTC(2000, 2, 31))).toBe(2);
    expect(ages.years(Date.UTC(2010, 0, 30))).toBe(9);
    expect(ages.years(Date.UTC(2010, 0, 31))).toBe(10);
  });
});
