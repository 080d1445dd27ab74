import type { Names } from '../names.js';
import type { Person } from '../person/person.js';
import { streamKey, type Stream } from '../person/stream.js';
import type { NativeModule, NativeProcess } from './native-module.js';

const day = 86_400_000;
const week = 7 * day;
const years = { smoking: 16, drinking: 25, marriage: 28, fallRisk: 65 } as const;
/** Chances; those of giving up are for one week. */
const chances = {
  rhesusNegative: 0.15,
  drinks: 0.025,
  marries: 0.8,
  stopsSmoking: 0.01,
  stopsDrinking: 0.001,
};
const orientations = [
  ['heterosexual', 0.966],
  ['homosexual', 0.982],
  ['bisexual', 1],
] as const;
/** Chance of an injury by a fall in a year, from 65 on. */
const fallRisk = { osteoporosis: 0.06, others: 0.035 } as const;

const attributes = [
  ...['age', 'smoker', 'quit smoking age', 'alcoholic', 'quit alcoholism age', 'RH_NEG'],
  ...['sexual_orientation', 'marital_status', 'probability_of_fall_injury', 'days_until_death'],
];

/** Share of those who are 16 in a year and become smokers: 42.4 % before 1965, then half a point less each year (CDC). */
export function smokerShare(year: number): number {
  return year < 1965 ? 0.424 : Math.max(0, (996.41 - 0.4865 * year) / 100);
}

/** Birthdays and habits. */
export const lifecycle: NativeModule = {
  name: 'Lifecycle',
  place: 'among-modules',
  provides: { attributes, vitalSigns: [] },
  bind: (names) => new Lifecycle(names),
};

class Lifecycle implements NativeProcess {
  readonly #key = streamKey('native/Lifecycle');
  readonly #ids: Readonly<Record<string, number>>;
  readonly #stopsSmoking: number;
  readonly #stopsDrinking: number;
  readonly #changes: number;

  constructor(names: Names) {
    const wanted = [...attributes, 'osteoporosis', 'stops smoking', 'stops drinking', 'lifecycle changes'];
    this.#ids = Object.fromEntries(wanted.map((name) => [name, names.attributes.id(name)]));
    this.#stopsSmoking = this.#id('stops smoking');
    this.#stopsDrinking = this.#id('stops drinking');
    this.#changes = this.#id('lifecycle changes');
  }

  begin(person: Person): void {
    const stream = person.stream(this.#key);
    person.set(this.#id('RH_NEG'), stream.uniform() < chances.rhesusNegative);
    const orientation = stream.uniform();
    person.set(
      this.#id('sexual_orientation'),
      (orientations.find(([, upTo]) => orientation < upTo) ?? orientations[0])[0],
    );
  }

  step(person: Person, time: number): number {
    if (person.death === Infinity && time < Number(person.get(this.#changes) ?? 0)) return time;
    const age = person.ages.years(time);
    if (person.get(this.#id('age')) !== age) this.#birthday(person, age, time);
    this.#stop(person, { at: this.#stopsSmoking, habit: 'smoker', age: 'quit smoking age' }, time);
    this.#stop(person, { at: this.#stopsDrinking, habit: 'alcoholic', age: 'quit alcoholism age' }, time);
    if (person.death !== Infinity)
      person.set(this.#id('days_until_death'), Math.floor((person.death - time) / day));
    person.set(this.#changes, this.#nextChange(person, age));
    // A death that lies ahead is counted down, and any module can set one.
    return time;
  }

  #nextChange(person: Person, age: number): number {
    const stops = [this.#stopsSmoking, this.#stopsDrinking].map((id) => Number(person.get(id) ?? Infinity));
    return Math.min(person.ages.monthsAfterBirth(12 * (age + 1)), ...stops);
  }

  #birthday(person: Person, age: number, time: number): void {
    person.set(this.#id('age'), age);
    const stream = person.stream(this.#key);
    if (age === years.smoking) {
      const smokes = stream.uniform() < smokerShare(new Date(time).getUTCFullYear());
      this.#start(person, 'smoker', smokes ? weeksUntil(chances.stopsSmoking, stream) : null, time);
    }
    if (age === years.drinking) {
      const drinks = stream.uniform() < chances.drinks;
      this.#start(person, 'alcoholic', drinks ? weeksUntil(chances.stopsDrinking, stream) : null, time);
    }
    if (age === years.marriage)
      person.set(this.#id('marital_status'), stream.uniform() < chances.marries ? 'M' : 'S');
    if (age >= years.fallRisk)
      person.set(
        this.#id('probability_of_fall_injury'),
        person.get(this.#id('osteoporosis')) === true ? fallRisk.osteoporosis : fallRisk.others,
      );
  }

  #start(person: Person, habit: 'smoker' | 'alcoholic', weeks: number | null, time: number): void {
    person.set(this.#id(habit), weeks !== null);
    if (weeks === null) return;
    person.set(habit === 'smoker' ? this.#stopsSmoking : this.#stopsDrinking, time + weeks * week);
  }

  #stop(person: Person, { at, habit, age }: { at: number; habit: string; age: string }, time: number): void {
    const until = person.get(at);
    if (typeof until !== 'number' || time < until) return;
    person.set(at, undefined);
    person.set(this.#id(habit), false);
    person.set(this.#id(age), person.ages.years(time));
  }

  #id(name: string): number {
    return this.#ids[name] ?? -1;
  }
}

/** Weeks until something with a constant chance in each week happens: one draw in place of one a week. */
function weeksUntil(chance: number, stream: Stream): number {
  return Math.floor(Math.log(stream.uniform()) / Math.log(1 - chance));
}
