import { join } from 'node:path';
import { readRows } from './cited-figures.js';
import { agesMax, type SexKey } from './tally.js';

/** Persons of England by sex and completed year of age (ONS, mid-2021); those of 90 and over fall by a sixth a year. */
export function readPopulation(folder: string): Record<SexKey, number[]> {
  const population = { M: new Array<number>(agesMax + 1).fill(0), F: new Array<number>(agesMax + 1).fill(0) };
  for (const row of readRows(join(folder, 'population_by_age_sex_region.csv')))
    if (row['area_name'] === 'England')
      population[row['sex'] === 'male' ? 'M' : 'F'][Number(row['age'])] = Number(row['mid2021']);
  for (const counts of Object.values(population)) spreadOldest(counts);
  return population;
}

function spreadOldest(counts: number[]): void {
  const oldest = 90;
  const shares = Array.from({ length: agesMax - oldest + 1 }, (_, years) => (5 / 6) ** years);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const all = counts[oldest] ?? 0;
  shares.forEach((share, years) => (counts[oldest + years] = (all * share) / total));
}

/** Deaths a person-year by sex and completed year of age, the last one open upwards (ONS, England 2016-2018). */
export function readMortality(folder: string): Record<SexKey, number[]> {
  const mortality: Record<SexKey, number[]> = { M: [], F: [] };
  for (const row of readRows(join(folder, 'life_table_england_2016_2018_by_imd.csv')))
    if (row['imd_quintile'] === 'all')
      mortality[row['sex'] === 'male' ? 'M' : 'F'][Number(row['age'])] = Number(row['mx']);
  return mortality;
}

/** Years that a newborn lives by deaths a person-year at each age; the last rate holds for ever. */
export function lifeExpectancy(rates: readonly number[]): number {
  let alive = 1;
  let lived = 0;
  for (const rate of rates.slice(0, -1)) {
    const next = alive * Math.exp(-rate);
    lived += (alive + next) / 2;
    alive = next;
  }
  return lived + alive / (rates.at(-1) ?? 1);
}
