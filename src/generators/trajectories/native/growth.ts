import { normalCdf } from '../../../core/distributions/normal.js';
import { WeightedChoice } from '../../tabular/weighted-choice.js';
import type { GrowthCharts } from '../growth/growth-charts.js';
import { zOfValue } from '../growth/lms.js';
import type { Names } from '../names.js';
import type { Person } from '../person/person.js';
import { streamKey } from '../person/stream.js';
import { readRecords } from '../tables/read-records.js';
import { Body, bmiLeast, type BmiAtTwo } from './body.js';
import type { NativeModule, NativeProcess } from './native-module.js';
import { lossAt, weightManagement } from './weight-management.js';

const vitalSigns = ['Height', 'Weight', 'BMI', 'Head Circumference', 'Head Circumference Percentile'];
/** Ages in years, and kilograms a year. */
const gain = { until: 49, low: 1, high: 2 } as const;
const loss = { from: 60, low: 1, high: 2 } as const;

/** Shares by month and BMI: CSV with month,bmi,per_million. @throws {PackError} naming the line */
export function readBmiAtTwo(text: string): BmiAtTwo {
  const records = readRecords(text, 'nhanes-bmi-at-two.csv');
  return {
    choice: new WeightedChoice(
      'nhanes-bmi-at-two.csv',
      records.map((record) => record.number('per_million')),
    ),
    months: records.map((record) => record.number('month')),
    bmis: records.map((record) => record.number('bmi')),
  };
}

/**
 * Height, weight and BMI: children by the CDC charts, monthly; adults gain 1 to 2 kg a year until 49 and lose as much
 * from 60 on, unless they manage their weight.
 */
export function growth(charts: GrowthCharts, atTwo: BmiAtTwo): NativeModule {
  return {
    name: 'Growth',
    place: 'before-visits',
    provides: { attributes: ['bmi_percentile', 'current_weight_length_percentile'], vitalSigns },
    bind: (names) => growthProcess(names, charts, atTwo),
  };
}

function growthProcess(names: Names, charts: GrowthCharts, atTwo: BmiAtTwo): NativeProcess {
  const [height, weight, bmi, head, headPercentile] = vitalSigns.map((name) => names.vitalSigns.id(name));
  const management = weightManagement(names);
  const id = (name: string): number => names.attributes.id(name);
  const adultWeight = id('adult weight');
  const percentiles = { ofBmi: id('bmi_percentile'), ofWeight: id('current_weight_length_percentile') };
  const key = streamKey('native/Growth');

  const begin = (person: Person): void => {
    const body = new Body(person, person.stream(key), { charts, atTwo, adultWeight, management });
    const signs = person.vitalSigns;
    signs.provide(height ?? 0, (_, time) => body.height(time));
    signs.provide(weight ?? 0, (_, time) => body.weight(time));
    signs.provide(bmi ?? 0, (_, time) => body.bmi(time));
    signs.provide(head ?? 0, (_, time) => body.head(time));
    signs.provide(headPercentile ?? 0, () => 100 * body.headPercentile());
    person.set(management.active, false);
  };

  const growAdult = (person: Person, time: number, years: number): void => {
    const kept = person.get(adultWeight);
    const before =
      typeof kept === 'number'
        ? kept
        : person.vitalSigns.read(weight ?? 0, time) / (1 - lossAt(person, management, time));
    if (kept !== undefined && person.get(management.active) !== false) return;
    const metres = person.vitalSigns.read(height ?? 0, time) / 100;
    const least = Math.min(before, bmiLeast * metres * metres);
    person.set(adultWeight, Math.max(least, before + yearlyChange(years, person.stream(key).uniform())));
  };

  return {
    begin,
    step: (person, time) => {
      const months = person.ages.months(time);
      if (months < 240) {
        setPercentiles(person, time, { months, charts, signs: { height, weight, bmi }, ids: percentiles });
        return person.ages.monthsAfterBirth(months + 1);
      }
      const years = Math.floor(months / 12);
      growAdult(person, time, years);
      return person.ages.monthsAfterBirth(12 * (years + 1));
    },
  };
}

/** Weight for length until three years, BMI for age from two to twenty; in per cent. */
function setPercentiles(
  person: Person,
  time: number,
  of: {
    readonly months: number;
    readonly charts: GrowthCharts;
    readonly signs: Readonly<Record<'height' | 'weight' | 'bmi', number | undefined>>;
    readonly ids: { readonly ofBmi: number; readonly ofWeight: number };
  },
): void {
  const { months, charts, signs, ids } = of;
  const read = (sign: number | undefined): number => person.vitalSigns.read(sign ?? 0, time);
  if (months <= 36) {
    const chart = charts.weightForLength(person.sex, read(signs.height));
    const z = chart === null ? null : zOfValue(chart, read(signs.weight));
    person.set(ids.ofWeight, z === null ? 99 : 100 * normalCdf(z));
  }
  if (months < 24) return;
  const z = zOfValue(charts.at('bmi', person.sex, months), read(signs.bmi));
  person.set(ids.ofBmi, 100 * normalCdf(z));
}

/** Kilograms. */
function yearlyChange(years: number, uniform: number): number {
  if (years <= gain.until) return gain.low + (gain.high - gain.low) * uniform;
  return years >= loss.from ? -(loss.low + (loss.high - loss.low) * uniform) : 0;
}
