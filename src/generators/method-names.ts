import type { RowsGenerator } from './generator.js';
import { findGenerator, generators } from './generators.js';
import { ParameterError } from './tabular/parameter-error.js';

export interface Method {
  readonly generator: RowsGenerator;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Names that people bring along from SDV, synthpop, DataSynthesizer and synthcity, each a generator of ours with parameters. */
const aliases: Readonly<
  Record<string, { readonly name: string; readonly parameters: Method['parameters'] }>
> = {
  GaussianCopulaSynthesizer: { name: 'gaussian-copula', parameters: {} },
  GaussianCopula: { name: 'gaussian-copula', parameters: {} },
  synthpop: { name: 'sequential-cart', parameters: {} },
  cart: { name: 'sequential-cart', parameters: {} },
  correlated: { name: 'bayesian-network', parameters: {} },
  CTGAN: { name: 'ctgan', parameters: {} },
  CTGANSynthesizer: { name: 'ctgan', parameters: {} },
  WGAN_GP: { name: 'wgan-gp', parameters: {} },
  arf: { name: 'adversarial-forest', parameters: {} },
};

/**
 * The generator of that name or alias, learning from rows.
 * @throws {ParameterError} with the names there are
 */
export function resolveMethod(name: string): Method {
  const alias = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  const generator = findGenerator(alias?.name ?? name);
  if (generator?.sees === 'rows' && generator.privacy)
    throw new ParameterError('generator', `"${name}" spends a privacy budget, which only the service books`);
  if (generator?.sees === 'rows') return { generator, parameters: alias?.parameters ?? {} };
  const known = generators.filter((each) => each.sees === 'rows' && !each.privacy).map((each) => each.name);
  throw new ParameterError(
    'generator',
    `"${name}" learns from no rows; those that do are ${[...known, ...Object.keys(aliases)].join(', ')}`,
  );
}
