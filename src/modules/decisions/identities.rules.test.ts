import fc from 'fast-check';
import { type Approval, distinctIdentities } from './identities.rules.js';

const by = (personId: string, onBehalfOfId: string | null = null): Approval => ({ personId, onBehalfOfId });

it.each<[string, Approval[], number]>([
  ['nobody', [], 0],
  ['two in their own right', [by('ina'), by('ivo')], 2],
  ['one twice', [by('ina'), by('ina')], 1],
  ['a delegate and another approver', [by('dee', 'ina'), by('ivo')], 2],
  ['an approver, and a delegate of the same', [by('ina'), by('dee', 'ina')], 1],
  ['a delegate, and who delegated', [by('dee', 'ina'), by('ina')], 1],
  ['two delegates of one', [by('dee', 'ina'), by('dan', 'ina')], 1],
  ['one delegate of two', [by('dee', 'ina'), by('dee', 'ivo')], 1],
  ['two delegates of two', [by('dee', 'ina'), by('dan', 'ivo')], 2],
  ['two whom a third joins', [by('ina'), by('ivo'), by('ivo', 'ina')], 1],
])('%s: %j is %i', (_, approvals, expected) => {
  expect(distinctIdentities(approvals)).toBe(expected);
});

const person = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const approvals = fc.array(fc.record({ personId: person, onBehalfOfId: fc.option(person) }), {
  maxLength: 8,
});

it('never counts more than the people who approved, nor more than the people behind them', () => {
  fc.assert(
    fc.property(approvals, (given) => {
      const count = distinctIdentities(given);
      expect(count).toBeLessThanOrEqual(new Set(given.map(({ personId }) => personId)).size);
      const behind = new Set(given.map(({ personId, onBehalfOfId }) => onBehalfOfId ?? personId));
      expect(count).toBeLessThanOrEqual(behind.size);
      expect(count > 0).toBe(given.length > 0);
    }),
    { numRuns: 500 },
  );
});

it('does not depend on the order, and no delegation makes it more', () => {
  fc.assert(
    fc.property(approvals, (given) => {
      expect(distinctIdentities([...given].reverse())).toBe(distinctIdentities(given));
      const inOwnRight = given.map(({ personId }) => by(personId));
      expect(distinctIdentities(given)).toBeLessThanOrEqual(distinctIdentities(inOwnRight));
    }),
    { numRuns: 500 },
  );
});
