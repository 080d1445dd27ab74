import { normalQuantile } from '../../../core/distributions/normal.js';
import type { GrowthCharts } from '../growth/growth-charts.js';
import { valueAtZ } from '../growth/lms.js';
import type { Person } from '../person/person.js';
import { streamKey } from '../person/stream.js';
import type { NativeModule } from './native-module.js';
import {
  endOfManagement,
  weightManagement,
  weightManagementAttributes,
  type WeightManagement,
} from './weight-management.js';

const leastAge = 5;
/** kg/m2, from 20 years on; before, the 95th percentile. */
const obese = 30;
const z95 = normalQuantile(0.95);
/** Chance of beginning in a week; of keeping to the plan; of a loss that lasts. */
const chances = { begin: 0.493, adherence: 0.605, longTerm: 0.2 } as const;
/** Share of the weight of adults; of all percentiles of BMI for children. */
const adultLoss = { low: 0.07, high: 0.1 } as const;
const childLossMost = 0.1;

/** Obese people begin to manage their weight; most who lose some gain it back within five years. */
export function weightLoss(charts: GrowthCharts): NativeModule {
  return {
    name: 'Weight Loss',
    place: 'among-modules',
    provides: { attributes: weightManagementAttributes, vitalSigns: [] },
    bind: (names) => {
      const of = weightManagement(names);
      const bmi = names.vitalSigns.id('BMI');
      const key = streamKey('native/Weight Loss');
      const isObese = (person: Person, time: number, months: number): boolean => {
        const value = person.vitalSigns.read(bmi, time);
        if (months >= 240) return value >= obese;
        return value >= valueAtZ(charts.at('bmi', person.sex, months), z95);
      };
      return {
        step: (person, time) => {
          if (person.get(of.active) === true) {
            if (person.get(of.longTerm) === true) return Infinity;
            const end = endOfManagement(person, of);
            if (time < end) return end;
            giveUp(person, of);
          }
          const months = person.ages.months(time);
          if (months < 12 * leastAge) return person.ages.monthsAfterBirth(12 * leastAge);
          if (!isObese(person, time, months)) return nextGrowth(person, months);
          const stream = person.stream(key);
          if (stream.uniform() >= chances.begin) return time;
          begin(person, of, { time, isAdult: months >= 240, draw: () => stream.uniform() });
          return person.get(of.longTerm) === true ? Infinity : endOfManagement(person, of);
        },
      };
    },
  };
}

function begin(
  person: Person,
  of: WeightManagement,
  { time, isAdult, draw }: { time: number; isAdult: boolean; draw: () => number },
): void {
  const adheres = draw() <= chances.adherence;
  const share = draw();
  person.set(of.active, true);
  person.set(of.start, time);
  person.set(of.adherence, adheres);
  if (adheres)
    person.set(
      of.loss,
      isAdult ? adultLoss.low + (adultLoss.high - adultLoss.low) * share : childLossMost * share,
    );
  person.set(of.longTerm, adheres && draw() <= chances.longTerm);
}

function giveUp(person: Person, of: WeightManagement): void {
  person.set(of.active, false);
  for (const attribute of [of.start, of.adherence, of.loss, of.longTerm]) person.set(attribute, undefined);
}

/** When the body changes again: each month of a child, each birthday of an adult. */
function nextGrowth(person: Person, months: number): number {
  return person.ages.monthsAfterBirth(months < 240 ? months + 1 : 12 * (Math.floor(months / 12) + 1));
}
