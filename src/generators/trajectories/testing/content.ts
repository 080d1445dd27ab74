import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { englandWales } from '../demographics/england-wales.js';
import type { DemographicPack } from '../demographics/demographics.js';
import { readGrowthCharts, type GrowthCharts } from '../growth/growth-charts.js';

/** A file of the folder `content`. */
export function contentText(path: string): string {
  return readFileSync(resolve(import.meta.dirname, '../../../../content', path), 'utf8');
}

export function anEnglandWalesPack(): DemographicPack {
  const file = (name: string): string => contentText(`demographics/england-wales/${name}`);
  return englandWales({
    population: file('population.csv'),
    ethnicity: file('ethnicity.csv'),
    towns: file('local-authorities.csv'),
    givenNames: file('given-names.csv'),
    givenNamesByGroup: file('given-names-by-group.csv'),
    surnames: file('surnames.csv'),
    settings: file('pack.json'),
  });
}

export function theGrowthCharts(): GrowthCharts {
  return readGrowthCharts({
    lms: contentText('growth/cdc-lms.csv'),
    weightForLength: contentText('growth/cdc-weight-for-length.csv'),
  });
}
