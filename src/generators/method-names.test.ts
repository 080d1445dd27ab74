import { findGenerator } from './generators.js';
import { generatorNamed, resolveMethod } from './method-names.js';

describe('names from other programs', () => {
  it.each([
    ['GaussianCopulaSynthesizer', 'gaussian-copula'],
    ['synthpop', 'sequential-cart'],
    ['correlated', 'bayesian-network'],
    ['arf', 'adversarial-forest'],
    ['sequential-cart', 'sequential-cart'],
  ])('%s is %s', (name, ours) => {
    expect(resolveMethod(name).generator.name).toBe(ours);
  });

  it.each([
    ['CTGANSynthesizer', 'ctgan'],
    ['TVAESynthesizer', 'tvae'],
    ['TabularARGN', 'autoregressive-network'],
  ])('%s is %s where there is one, and else unknown', (name, ours) => {
    expect(generatorNamed(name).name).toBe(ours);
    if (findGenerator(ours)) expect(resolveMethod(name).generator.name).toBe(ours);
    else expect(() => resolveMethod(name)).toThrow(/those that do are .*sequential-cart/);
  });

  it.each([
    ['HMASynthesizer', /of several tables/],
    ['PARSynthesizer', /of sequences/],
    ['CopulaGANSynthesizer', /take gaussian-copula or sequential-cart/],
    ['independent', /a profile that information governance signed/],
    ['random', /knows the schema alone/],
    ['MST', /spends a privacy budget/],
    ['magic', /"magic" learns from no rows; those that do are/],
    ['toString', /learns from no rows/],
  ])('%s is refused with what to do instead', (name, message) => {
    expect(() => resolveMethod(name)).toThrow(message);
  });
});
