import type { Names } from '../names.js';
import type { Person } from '../person/person.js';
import { msPerDay } from '../../../core/time/units.js';

const year = 365 * msPerDay;

/** The numbers of the attributes that say how somebody tries to lose weight. */
export interface WeightManagement {
  /** True while it lasts; meanwhile adults do not gain weight by themselves. */
  readonly active: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly adherence: number;
  /** Share of the body weight of an adult, or of all percentiles of a child's BMI, that is lost in the first year. */
  readonly loss: number;
  readonly longTerm: number;
}

export const weightManagementAttributes = [
  ...['active_weight_management', 'weight_management_start', 'weight_loss_adherence'],
  ...['weight_loss_percentage', 'long_term_weight_loss'],
];

export function weightManagement(names: Names): WeightManagement {
  const id = (name: string): number => names.attributes.id(name);
  return {
    active: id('active_weight_management'),
    start: id('weight_management_start'),
    adherence: id('weight_loss_adherence'),
    loss: id('weight_loss_percentage'),
    longTerm: id('long_term_weight_loss'),
  };
}

/**
 * What is lost at a moment, as a share: it grows through the first year of whoever keeps to the plan, and goes back
 * through the next four unless the loss lasts.
 */
export function lossAt(person: Person, of: WeightManagement, time: number): number {
  if (person.get(of.active) !== true || person.get(of.adherence) !== true) return 0;
  const loss = Number(person.get(of.loss) ?? 0);
  const years = (time - Number(person.get(of.start) ?? 0)) / year;
  if (years <= 1) return loss * years;
  if (person.get(of.longTerm) === true) return loss;
  return years >= 5 ? 0 : loss * (1 - (years - 1) / 4);
}

/** When a plan that does not last is given up. */
export function endOfManagement(person: Person, of: WeightManagement): number {
  return Number(person.get(of.start) ?? 0) + 5 * year;
}
