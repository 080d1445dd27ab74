import { Random } from '../../core/random/random.js';
import type { Column } from '../../core/table/table.js';
import { categories, numbers } from './columns.js';

/** A hundred invented patients or as many as wanted, drawn from one fixed population: no two seeds share a person. */
export function aPopulation(seed: string, rows: number): Record<string, Column> {
  const random = Random.fromSeed('a population').fork(seed);
  const people = Array.from({ length: rows }, (_, row) => aPerson((draw) => random.uniformAt(row, draw)));
  return {
    age: numbers(people.map(({ age }) => age)),
    pressure: numbers(people.map(({ pressure }) => pressure)),
    bmi: numbers(people.map(({ bmi }) => bmi)),
    creatinine: numbers(people.map(({ creatinine }) => creatinine)),
    stay: numbers(people.map(({ stay }) => stay)),
    sex: categories(people.map(({ sex }) => sex)),
    ward: categories(people.map(({ ward }) => ward)),
    smoker: categories(people.map(({ smoker }) => smoker)),
  };
}

interface Person {
  readonly age: number;
  readonly pressure: number | null;
  readonly bmi: number;
  readonly creatinine: number;
  readonly stay: number;
  readonly sex: string;
  readonly ward: string | null;
  readonly smoker: string;
}

function aPerson(uniform: (draw: number) => number): Person {
  // Box and Muller.
  const normal = (draw: number): number =>
    Math.sqrt(-2 * Math.log(uniform(draw))) * Math.cos(2 * Math.PI * uniform(draw + 1));
  const round = (value: number, digits: number): number => Number(value.toFixed(digits));
  const age = Math.round(Math.min(99, Math.max(18, 58 + 18 * normal(0))));
  const isSmoker = uniform(2) < (age < 50 ? 0.35 : 0.15);
  const bmi = round(27 + 5 * normal(3) + (isSmoker ? -1 : 0), 1);
  const pressure = round(100 + 0.45 * age + 0.6 * (bmi - 27) + 11 * normal(5), 0);
  const creatinine = round(Math.exp(-0.35 + 0.008 * (age - 50) + 0.35 * normal(7)), 2);
  const wards =
    age > 75 ? ['geriatrics', 'medicine', 'surgery'] : ['medicine', 'surgery', 'maternity', 'oncology'];
  return {
    age,
    pressure: uniform(9) < 0.06 ? null : pressure,
    bmi,
    creatinine,
    stay: Math.floor(-Math.log(uniform(10)) * (2 + age / 20)),
    sex: uniform(11) < 0.48 ? 'male' : 'female',
    ward: uniform(12) < 0.03 ? null : (wards[Math.floor(wards.length * uniform(13) ** 1.5)] ?? null),
    smoker: isSmoker ? 'yes' : 'no',
  };
}
