import type { Random } from '../../../core/random/random.js';
import type { Condition } from '../../generator.js';
import { ConditionError } from '../condition-error.js';
import { latentLaw, probabilityOf } from './latent-law.js';
import type { LatentLaw } from './latent-law.js';
import { stretchOfCode } from './marginal.js';
import type { Stretch } from './marginal.js';
import type { CopulaClass, CopulaGroup, GaussianCopulaModel } from './model.js';
import { restrictionsOf, stretchOf } from './restrictions.js';
import type { Restriction } from './restrictions.js';

/** One of the laws that rows are drawn from: a class, and a pattern of what is missing when a condition asks for it. */
export interface Component {
  readonly code: number;
  readonly group: CopulaGroup;
  /** Null: drawn for each row. */
  readonly pattern: number | null;
  readonly law: LatentLaw;
  readonly weight: number;
}

export interface Mixture {
  readonly restrictions: ReadonlyMap<number, Restriction>;
  readonly components: readonly Component[];
  /** Upper end of the share of each component; the last is 1. */
  readonly cumulative: Float64Array;
}

/** Every row of the mixture meets the conditions. @throws {ConditionError} when no row of the model does */
export function mixtureOf(
  model: GaussianCopulaModel,
  conditions: ReadonlyMap<string, Condition>,
  random: Random,
): Mixture {
  const restrictions = restrictionsOf(model, conditions);
  const components = model.classes
    .filter(({ code }) => isOfClass(model, restrictions, code))
    .flatMap((each) => componentsOf(model, restrictions, each, random));
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) {
    const names = [...conditions.keys()];
    throw new ConditionError(
      names[0] ?? '',
      names.length > 1
        ? `no row of the model meets it together with ${names.slice(1).join(', ')}`
        : 'no row of the model meets it',
    );
  }
  let sum = 0;
  const cumulative = Float64Array.from(components, ({ weight }) => {
    sum += weight;
    return sum / total;
  });
  return { restrictions, components, cumulative };
}

function isOfClass(
  { columns, parameters }: GaussianCopulaModel,
  restrictions: ReadonlyMap<number, Restriction>,
  code: number,
): boolean {
  const restriction = restrictions.get(columns.findIndex(({ name }) => name === parameters.perClass));
  if (restriction === undefined) return true;
  return restriction.kind === 'category' ? restriction.code === code : code === -1;
}

function componentsOf(
  model: GaussianCopulaModel,
  restrictions: ReadonlyMap<number, Restriction>,
  { code, rows, group: at }: CopulaClass,
  random: Random,
): Component[] {
  const group = model.groups[at];
  if (!group) return [];
  const asked = [...restrictions].filter(
    ([place]) => model.columns[place]?.name !== model.parameters.perClass,
  );
  const mayMiss = asked.some(([place]) => model.patterns.some((pattern) => pattern.includes(place)));
  const patterns = mayMiss ? [...model.patterns.keys()] : [null];
  return patterns.flatMap((pattern) => {
    const share = asked.reduce((product, [place, restriction]) => {
      const isMissing = missingShare(model, group, { place, pattern });
      return product * (restriction.kind === 'missing' ? isMissing : 1 - isMissing);
    }, 1);
    const stretches = share > 0 ? stretchesOf(group, asked, { pattern, size: model.columns.length }) : null;
    if (stretches === null) return [];
    const law = latentLaw(group.correlation, stretches);
    const weight = rows * share * probabilityOf(law, random);
    return weight > 0 ? [{ code, group, pattern, law, weight }] : [];
  });
}

function missingShare(
  { columns, patterns }: GaussianCopulaModel,
  { marginals }: CopulaGroup,
  { place, pattern }: { place: number; pattern: number | null },
): number {
  if (marginals[place]?.kind === 'none') return 1;
  if (pattern !== null && patterns[pattern]?.includes(place)) return 1;
  return columns[place]?.extraMissing ?? 0;
}

/** By the number of the latent; null when one cannot be met. */
function stretchesOf(
  { marginals, pattern: law }: CopulaGroup,
  asked: readonly (readonly [number, Restriction])[],
  { pattern, size }: { pattern: number | null; size: number },
): Map<number, Stretch> | null {
  const stretches = new Map<number, Stretch>();
  for (const [place, restriction] of asked) {
    if (restriction.kind === 'missing') continue;
    const stretch = stretchOf(marginals[place] ?? { kind: 'none' }, restriction);
    if (stretch === null) return null;
    stretches.set(place, stretch);
  }
  if (pattern !== null) {
    const stretch = law.kind === 'categories' ? stretchOfCode(law, pattern) : { low: 1, high: 1 };
    if (!(stretch.high > stretch.low)) return null;
    stretches.set(size, stretch);
  }
  return stretches;
}
