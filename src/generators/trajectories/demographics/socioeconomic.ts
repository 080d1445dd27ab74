import type { Random } from '../../../core/random/random.js';
import type { Education } from './demographics.js';
import { drawFor } from './person-draws.js';

export type SocioeconomicCategory = 'High' | 'Middle' | 'Low';

/** Range of the level that goes with each education. */
const levels: Readonly<Record<Education, readonly [number, number]>> = {
  less_than_hs: [0, 0.5],
  hs_degree: [0.1, 0.75],
  some_college: [0.3, 0.85],
  bs_degree: [0.5, 1],
};

export function educationLevel(education: Education, random: Random): number {
  const [low, high] = levels[education];
  return low + (high - low) * drawFor(random, 'educationLevel');
}

/** 0 at the poverty line, 1 at `high` and above. */
export function incomeLevel(income: number, { poverty, high }: { poverty: number; high: number }): number {
  return Math.max(0, Math.min(1, (income - poverty) / (high - poverty)));
}

/** Score in [0, 1] and category, with the weights of Synthea(TM). */
export function socioeconomic(of: {
  readonly incomeLevel: number;
  readonly educationLevel: number;
  readonly occupationLevel: number;
}): { readonly score: number; readonly category: SocioeconomicCategory } {
  const score = 0.2 * of.incomeLevel + 0.7 * of.educationLevel + 0.1 * of.occupationLevel;
  return { score, category: score >= 0.66 ? 'High' : score >= 0.25 ? 'Middle' : 'Low' };
}
