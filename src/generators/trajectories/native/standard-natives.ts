import type { GrowthCharts } from '../growth/growth-charts.js';
import { bloodPressure } from './blood-pressure.js';
import type { BmiAtTwo } from './body.js';
import { cardiovascular } from './cardiovascular.js';
import { covidImmunisation } from './covid-immunisation.js';
import { growth } from './growth.js';
import type { VaccineSeries } from './immunisation-schedule.js';
import { immunisations } from './immunisations.js';
import { insurance } from './insurance.js';
import { laboratory } from './laboratory.js';
import { lifecycle } from './lifecycle.js';
import type { NativeModule } from './native-module.js';
import { social } from './social.js';
import { weightLoss } from './weight-loss.js';

/** What the native modules are made from. */
export interface NativeData {
  readonly charts: GrowthCharts;
  readonly atTwo: BmiAtTwo;
  readonly schedule: readonly VaccineSeries[];
  /** The country of the pack. */
  readonly country: string;
}

/** Everything that modules ask for and no module writes. */
export function standardNatives({ charts, atTwo, schedule, country }: NativeData): readonly NativeModule[] {
  return [
    growth(charts, atTwo),
    laboratory,
    bloodPressure,
    social,
    insurance(country),
    immunisations(schedule),
    covidImmunisation,
    cardiovascular,
    lifecycle,
    weightLoss(charts),
  ];
}
