import { normalCdf, normalQuantile } from '../../../core/distributions/normal.js';
import type { WeightedChoice } from '../../tabular/weighted-choice.js';
import { bmiAt, bmiPath, type BmiPath } from '../growth/bmi-path.js';
import { bmiAtExtendedZ, extendedZ } from '../growth/extended-bmi.js';
import type { GrowthCharts } from '../growth/growth-charts.js';
import { valueAtZ, zOfValue } from '../growth/lms.js';
import type { Person } from '../person/person.js';
import type { Stream } from '../person/stream.js';
import { lossAt, type WeightManagement } from './weight-management.js';

/** BMI of children of two to three years, as observed. */
export interface BmiAtTwo {
  readonly choice: WeightedChoice;
  readonly months: readonly number[];
  readonly bmis: readonly number[];
}

const draws = { height: 0, bmi: 1, head: 2, year: 8 } as const;
const adultMonths = 240;
/** Adults do not lose weight below this BMI: without it, those who live to 90 would waste away. */
export const bmiLeast = 17;

/** The size of one person through life. Height and the BMI of a child are fixed by the stream; the weight of an adult is kept as an attribute. */
export class Body {
  #path: BmiPath | undefined;
  readonly #heightZ: number;
  #weightZ = 0;

  constructor(
    readonly person: Person,
    readonly stream: Stream,
    readonly of: {
      readonly charts: GrowthCharts;
      readonly atTwo: BmiAtTwo;
      readonly adultWeight: number;
      readonly management: WeightManagement;
    },
  ) {
    this.#heightZ = normalQuantile(stream.uniformAt(0, draws.height));
  }

  /** Centimetres. */
  height(time: number): number {
    const { charts } = this.of;
    return valueAtZ(charts.at('height', this.person.sex, this.#months(time)), this.#heightZ);
  }

  /** Centimetres, by the person's own percentile; meant for the first three years. */
  head(time: number): number {
    const z = normalQuantile(this.headPercentile());
    return valueAtZ(this.of.charts.at('head', this.person.sex, this.#months(time)), z);
  }

  /** 0 to 1. */
  headPercentile(): number {
    return this.stream.uniformAt(0, draws.head);
  }

  /** Kilograms. */
  weight(time: number): number {
    const months = this.#months(time);
    if (months >= adultMonths) return this.#adultWeight(time);
    return this.#childWeight(time, months);
  }

  /** kg/m2 */
  bmi(time: number): number {
    const metres = this.height(time) / 100;
    return this.weight(time) / (metres * metres);
  }

  #adultWeight(time: number): number {
    const { adultWeight, management } = this.of;
    const kept = this.person.get(adultWeight);
    const weight = typeof kept === 'number' ? kept : this.#childWeight(time, adultMonths);
    return weight * (1 - lossAt(this.person, management, time));
  }

  #childWeight(time: number, months: number): number {
    const { charts, management } = this.of;
    const { sex } = this.person;
    const path = this.#pathOfBmi();
    if (months < path.firstMonth) return valueAtZ(charts.at('weight', sex, months), this.#weightZ);
    const metres = this.height(time) / 100;
    const bmi = bmiAt(path, months);
    const loss = months < adultMonths ? lossAt(this.person, management, time) : 0;
    if (loss === 0) return bmi * metres * metres;
    const percentile = Math.max(0.05, normalCdf(extendedZ(charts, sex, months, bmi)) - loss);
    return bmiAtExtendedZ(charts, sex, months, normalQuantile(percentile)) * metres * metres;
  }

  #pathOfBmi(): BmiPath {
    if (this.#path !== undefined) return this.#path;
    const { charts, atTwo } = this.of;
    const { sex } = this.person;
    const row = atTwo.choice.pick(this.stream.uniformAt(0, draws.bmi));
    const [firstMonth, firstBmi] = [atTwo.months[row] ?? 24, atTwo.bmis[row] ?? 16.5];
    const metres = valueAtZ(charts.at('height', sex, firstMonth), this.#heightZ) / 100;
    // Before two years the weight keeps the percentile that leads to the BMI observed at two.
    this.#weightZ = zOfValue(charts.at('weight', sex, firstMonth), firstBmi * metres * metres);
    this.#path = bmiPath(charts, { sex, firstMonth, firstBmi }, (year) =>
      this.stream.uniformAt(0, draws.year + year),
    );
    return this.#path;
  }

  #months(time: number): number {
    return Math.min(adultMonths, this.person.ages.months(time));
  }
}
