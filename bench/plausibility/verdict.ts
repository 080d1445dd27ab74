import type { CitedFigure } from './cited-figures.js';
import { agesMax, type SexKey, type Tally } from './tally.js';

export interface Finding {
  readonly figure: CitedFigure;
  readonly simulated: number;
  /** Half of the 95 % interval that the number of persons, or of events, allows. */
  readonly margin: number;
  /** Too few persons or events to tell a figure that is met from one that is missed. */
  readonly verdict: 'met' | 'open' | 'missed';
}

/** Within 10 % of the cited figure; prevalences also within half a point. */
const relativeMost = 0.1;
const pointsMost = 0.005;

/** What the simulation says about a cited figure, each year of age weighted by the population of England. */
export function findingOf(figure: CitedFigure, tally: Tally, population: Record<SexKey, number[]>): Finding {
  const { topic, kind } = figure;
  const sums = (kind === 'prevalence' ? tally.affected : tally.events).get(topic);
  let total = 0;
  let weights = 0;
  let persons = 0;
  let years = 0;
  for (const sex of figure.sexes)
    for (let age = figure.low; age <= Math.min(figure.high, agesMax); age += 1) {
      const lived = tally.lived[sex][age] ?? 0;
      if (lived <= 0) continue;
      const weight = population[sex][age] ?? 0;
      total += (weight * (sums?.[sex][age] ?? 0)) / lived;
      weights += weight;
      persons += tally.persons[sex][age] ?? 0;
      years += lived;
    }
  const simulated = weights > 0 ? total / weights : NaN;
  const margin =
    kind === 'prevalence'
      ? 1.96 * Math.sqrt((figure.value * (1 - figure.value)) / Math.max(1, persons))
      : 1.96 * Math.sqrt(figure.value / Math.max(1, years));
  return { figure, simulated, margin, verdict: verdictOf(figure, simulated, margin) };
}

function verdictOf({ value, kind }: CitedFigure, simulated: number, margin: number): Finding['verdict'] {
  const allowed = Math.max(relativeMost * value, kind === 'prevalence' ? pointsMost : 0);
  const away = Math.abs(simulated - value);
  if (away <= allowed) return 'met';
  return away - margin <= allowed ? 'open' : 'missed';
}
