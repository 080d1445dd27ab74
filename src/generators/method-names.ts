import type { RowsGenerator } from './generator.js';
import { findGenerator, generators } from './generators.js';
import { ParameterError } from './tabular/parameter-error.js';

export interface Method {
  readonly generator: RowsGenerator;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A name of another program, and the generator of ours that does its work. */
interface Alias {
  readonly name: string;
  readonly parameters?: Method['parameters'];
}

/**
 * Names that people bring along from SDV, CTGAN, synthpop, DataSynthesizer, synthcity and smartnoise. A generator that is
 * not among ours yet makes its alias unknown, and known as soon as it is registered.
 */
const aliases: Readonly<Record<string, Alias>> = {
  GaussianCopulaSynthesizer: { name: 'gaussian-copula' },
  GaussianCopula: { name: 'gaussian-copula' },
  CTGANSynthesizer: { name: 'ctgan' },
  CTGAN: { name: 'ctgan' },
  TVAESynthesizer: { name: 'tvae' },
  TVAE: { name: 'tvae' },
  TabularARGN: { name: 'autoregressive-network' },
  synthpop: { name: 'sequential-cart' },
  cart: { name: 'sequential-cart' },
  correlated: { name: 'bayesian-network' },
  independent: { name: 'independent-marginals' },
  arf: { name: 'adversarial-forest' },
  MST: { name: 'mst' },
  AIM: { name: 'aim' },
  PrivBayes: { name: 'dp-bayesian-network' },
};

/** Names whose work is done otherwise, or not at all, with what to do instead. */
const elsewhere: Readonly<Record<string, string>> = {
  HMASynthesizer: 'of several tables; give a folder and its --metadata, which relational-trees learns',
  HMA: 'of several tables; give a folder and its --metadata, which relational-trees learns',
  PARSynthesizer:
    'of sequences; give a folder with metadata that name a sequence key, which relational-trees learns',
  PAR: 'of sequences; give a folder with metadata that name a sequence key, which relational-trees learns',
  CopulaGANSynthesizer:
    'a network on columns that a copula has made normal, which SDV itself calls experimental; take gaussian-copula or sequential-cart',
  CopulaGAN:
    'a network on columns that a copula has made normal, which SDV itself calls experimental; take gaussian-copula or sequential-cart',
  DayZSynthesizer: 'made from metadata alone; ask the service for tier STRUCTURAL (random)',
};

/** The name of our generator for a name of another program, or the name itself. */
export function generatorNamed(name: string): Alias {
  const alias = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  return alias ?? { name };
}

/**
 * The generator of that name or alias, learning from rows.
 * @throws {ParameterError} with the names there are, or with what to do instead
 */
export function resolveMethod(name: string): Method {
  const refuse = (problem: string): never => {
    throw new ParameterError('generator', `"${name}" ${problem}`);
  };
  if (Object.hasOwn(elsewhere, name)) return refuse(`is ${elsewhere[name] ?? ''}`);
  const alias = generatorNamed(name);
  const generator = findGenerator(alias.name);
  if (generator?.sees === 'rows' && generator.privacy)
    return refuse('spends a privacy budget, which only the service books');
  if (generator?.sees === 'rows') return { generator, parameters: alias.parameters ?? {} };
  if (generator?.sees === 'profile')
    return refuse(
      'learns from no rows but from a profile that information governance signed: ask the service',
    );
  if (generator) return refuse('learns from no rows: it knows the schema alone; ask the service');
  return refuse(`learns from no rows; those that do are ${namesOfMethods().join(', ')}`);
}

/** Names and aliases that a table can be learned by here. */
function namesOfMethods(): string[] {
  const known = generators.filter((each) => each.sees === 'rows' && !each.privacy).map((each) => each.name);
  const others = Object.entries(aliases).filter(([, { name }]) => known.includes(name));
  return [...known, ...others.map(([alias]) => alias)];
}
