import { mechanismHash, type MechanismFacts } from './mechanism-hash.js';

const facts: MechanismFacts = {
  generator: 'independent-marginals',
  generatorVersion: '1.0.0',
  parameters: {},
  inputHash: 'a'.repeat(64),
  disclosureControl: { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 },
  permittedUses: ['EDUCATION', 'RESEARCH'],
};

describe('the hash of a mechanism', () => {
  it('does not depend on the order in which uses are named', () => {
    expect(mechanismHash({ ...facts, permittedUses: ['RESEARCH', 'EDUCATION'] })).toBe(mechanismHash(facts));
  });

  it.each<Partial<MechanismFacts>>([
    { generator: 'other' },
    { generatorVersion: '1.0.1' },
    { parameters: { epsilon: 1 } },
    { inputHash: 'b'.repeat(64) },
    { disclosureControl: { ...facts.disclosureControl, cellCountMin: 11 } },
    { permittedUses: ['RESEARCH'] },
  ])('changes with %j', (change) => {
    expect(mechanismHash({ ...facts, ...change })).not.toBe(mechanismHash(facts));
  });
});
