import { aPopulation, end } from '../testing/a-population.js';
import { isInCohort } from './cohort.js';
import { readKeepModule } from './keep-module.js';
import { TriesSpentError, type Patient, type Population } from './population.js';

interface Seen {
  readonly name: string;
  readonly birth: number;
  readonly death: number;
  readonly colds: number;
}
const see = ({ demographics: of, person, record }: Patient): Seen => ({
  name: `${of.givenName} ${of.familyName}`,
  birth: of.birth,
  death: person.death,
  colds: record.conditions.count,
});
const livesOf = (population: Population, place: number): Seen[] => [...population.livesOf(place)].map(see);
const places = Array.from({ length: 24 }, (_, place) => place);
const year = 365.25 * 86_400_000;

describe('a population', () => {
  it('has the same person in a place, whoever was simulated before', () => {
    const young = { criteria: { age: { low: 0, high: 30 } } };
    const inOrder = aPopulation(young);
    const all = places.slice(0, 6).map((place) => livesOf(inOrder, place));
    const backwards = aPopulation(young);
    const reversed = [5, 4, 3, 2, 1, 0].map((place) => livesOf(backwards, place));
    expect(reversed.reverse()).toEqual(all);
    expect(new Set(all.flat().map(({ name, birth }) => `${name} ${birth}`)).size).toBe(6);
  });

  it('of survivors goes on in a place until somebody lives, and gives the dead too', () => {
    const population = aPopulation({ composition: 'survivors', criteria: { age: { low: 25, high: 30 } } });
    const lives = places.map((place) => livesOf(population, place));
    for (const one of lives) {
      expect(one.at(-1)?.death).toBe(Infinity);
      for (const dead of one.slice(0, -1)) expect(dead.death).toBeLessThan(end);
      expect(new Set(one.map(({ name, birth }) => `${name} ${birth}`)).size).toBe(1);
    }
    // A deadly cold every 50 years: two in five die by 27, so that of 24 places some have a dead one.
    expect(lives.flat().length).toBeGreaterThan(26);
    expect(population.tries).toBe(lives.flat().length);
  });

  it('can have an exact total, the dead among them, or one kind alone', () => {
    const ofAge = { criteria: { age: { low: 25, high: 30 } } };
    const mixed = aPopulation({ ...ofAge, composition: 'mixed' });
    const lives = places.map((place) => livesOf(mixed, place));
    for (const one of lives) expect(one).toHaveLength(1);
    expect(new Set(lives.flat().map(({ death }) => death === Infinity)).size).toBe(2);
    for (const composition of ['living', 'dead'] as const) {
      const [only] = livesOf(aPopulation({ ...ofAge, composition }), 0);
      expect(only?.death === Infinity).toBe(composition === 'living');
    }
  });

  it('keeps to sex and age', () => {
    const population = aPopulation({ criteria: { sex: 'M', age: { low: 30, high: 31 } } });
    for (const place of places.slice(0, 5)) {
      const [one] = livesOf(population, place);
      expect((end - (one?.birth ?? 0)) / year).toBeGreaterThan(29.99);
      expect((end - (one?.birth ?? 0)) / year).toBeLessThan(32.01);
    }
  });

  it('tries until a life is as it was asked for, and says when it has tried enough', () => {
    const rare = aPopulation({
      criteria: { age: { low: 15, high: 15 } },
      keep: ({ record }) => record.conditions.count > 4,
      composition: 'living',
    });
    const [found] = livesOf(rare, 1);
    expect(found?.colds).toBeGreaterThan(4);
    const never = aPopulation({ criteria: { age: { low: 1, high: 1 } }, keep: () => false, triesMax: 3 });
    expect(() => livesOf(never, 0)).toThrow(TriesSpentError);
    expect(never.tries).toBe(3);
  });
});

describe('a cohort', () => {
  it('has what it shall have and not what it shall not', () => {
    const population = aPopulation({ criteria: { age: { low: 1, high: 6 } } });
    let [having, without] = [0, 0];
    for (const place of places)
      for (const patient of population.livesOf(place)) {
        const hasCold = patient.record.conditions.count > 0;
        expect(isInCohort(patient, { having: ['82272006'], without: [] })).toBe(hasCold);
        expect(isInCohort(patient, { having: [], without: ['82272006'] })).toBe(!hasCold);
        expect(isInCohort(patient, { having: ['0'], without: [] })).toBe(false);
        if (hasCold) having += 1;
        else without += 1;
      }
    expect(Math.min(having, without)).toBeGreaterThan(2);
  });
});

describe('a keep module', () => {
  const keepIf = (condition: unknown): string =>
    JSON.stringify({
      states: {
        Initial: {
          type: 'Initial',
          conditional_transition: [{ transition: 'Keep', condition }, { transition: 'Terminal' }],
        },
        Keep: { type: 'Terminal' },
        Terminal: { type: 'Terminal' },
      },
    });
  const [patient] = [
    ...aPopulation({ composition: 'living', criteria: { sex: 'F', age: { low: 40, high: 40 } } }).livesOf(0),
  ];
  const keeps = (condition: unknown): boolean => readKeepModule(keepIf(condition))(patient!.person, end);
  const never = { condition_type: 'Attribute', attribute: 'nothing', operator: 'is not nil' };
  const age = (operator: string, quantity: number) => ({
    ...{ condition_type: 'Age', operator, quantity, unit: 'years' },
  });

  it.each([
    ['Gender', { condition_type: 'Gender', gender: 'F' }, true],
    ['Age', age('>=', 40), true],
    ['Age', age('<', 40), false],
    ['Attribute', never, false],
    ['Attribute', { condition_type: 'Attribute', attribute: 'age', operator: '==', value: 40 }, true],
    ['Not', { condition_type: 'Not', condition: never }, true],
    ['And', { condition_type: 'And', conditions: [never, age('>', 1)] }, false],
    ['Or', { condition_type: 'Or', conditions: [never, age('>', 1)] }, true],
    ['At Least', { condition_type: 'At Least', minimum: 2, conditions: [never, age('>', 1)] }, false],
    ['Active Condition', { condition_type: 'Active Condition', codes: [{ code: 1 }] }, false],
  ])('understands %s', (_, condition, answer) => {
    expect(keeps(condition)).toBe(answer);
  });

  it('refuses what it does not understand', () => {
    expect(() => readKeepModule(keepIf({ condition_type: 'Symptom' }))).toThrow(
      'A keep module cannot have a condition "Symptom".',
    );
  });
});
