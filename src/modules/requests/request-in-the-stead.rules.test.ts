import fc from 'fast-check';
import { refuseCommand, type RequestFacts } from './request.rules.js';
import type { RequestCommand } from './request.state.js';
import { aRequest, inForce } from './testing/a-request.js';

const codeOf = (
  command: RequestCommand,
  personId: string,
  change: Partial<RequestFacts> = {},
): string | undefined =>
  refuseCommand(command, {
    request: aRequest(change),
    personId,
    ...inForce,
  })?.code;

describe('in the stead of another', () => {
  const codeFor = (
    command: RequestCommand,
    [personId, delegatorId]: readonly [string, string],
    change: Partial<RequestFacts> = {},
  ): string | undefined =>
    refuseCommand(command, {
      request: aRequest(change),
      personId,
      delegatorId,
      ...inForce,
    })?.code;

  it.each<[string, string, Partial<RequestFacts>, string | undefined]>([
    ['dee', 'ina', {}, undefined],
    ['dee', 'ina', { approverIds: ['ivo'] }, undefined],
    ['dee', 'ina', { approverIds: ['ina'] }, 'ALREADY_DECIDED'],
    ['dee', 'ina', { approverIds: ['dan'], delegatorIds: ['ina'] }, 'ALREADY_DECIDED'],
    ['dee', 'ivo', { approverIds: ['dee'], delegatorIds: ['ina'] }, 'ALREADY_DECIDED'],
    ['dee', 'ann', {}, 'OWN_REQUEST'],
    ['dee', 'mia', {}, 'OWN_REQUEST'],
    ['dee', 'otto', {}, 'OPERATOR_DECIDES'],
    ['dee', 'eva', {}, 'EVALUATOR_DECIDES'],
    ['dee', 'eda', {}, 'EVALUATOR_DECIDES'],
    ['dee', 'wim', {}, 'WAIVER_DECIDES'],
    ['dee', 'rex', {}, 'CONFLICT_OF_INTEREST'],
    ['otto', 'ina', {}, 'OPERATOR_DECIDES'],
    ['rex', 'ina', {}, 'CONFLICT_OF_INTEREST'],
  ])('%s for %s on %j: %s', (person, delegator, change, expected) => {
    expect(codeFor('approve', [person, delegator], change)).toBe(expected);
  });

  it('whoever delegated does not approve after the delegate', () => {
    expect(codeOf('approve', 'ina', { approverIds: ['dee'], delegatorIds: ['ina'] })).toBe('ALREADY_DECIDED');
  });

  it.each<RequestCommand>(['query', 'reject', 'return'])('%s asks about both as well', (command) => {
    expect(codeFor(command, ['dee', 'otto'])).toBe('OPERATOR_DECIDES');
    expect(codeFor(command, ['dee', 'ina'])).toBeUndefined();
    expect(codeFor(command, ['dee', 'ina'], { approverIds: ['ina'] })).toBeUndefined();
  });

  it('says whose part it is', () => {
    const question = { request: aRequest(), personId: 'dee', delegatorId: 'otto', ...inForce };
    expect(refuseCommand('approve', question)?.message).toContain('The person you decide for');
  });

  it('nobody is let do what either of the two would be refused (I11)', () => {
    const people = ['ann', 'mia', 'otto', 'eva', 'eda', 'wim', 'rex', 'dee', 'ina', 'ivo', 'dan'];
    const person = fc.constantFrom(...people);
    const approved = fc.uniqueArray(person, { maxLength: 3 });
    fc.assert(
      fc.property(person, person, approved, approved, (personId, delegatorId, approverIds, delegatorIds) => {
        const change = { approverIds, delegatorIds };
        const together = codeFor('approve', [personId, delegatorId], change);
        const each = [codeOf('approve', personId, change), codeOf('approve', delegatorId, change)];
        expect(together === undefined).toBe(each.every((code) => code === undefined));
      }),
      { numRuns: 1000 },
    );
  });

  it('however approvals come in, no two of them share a person (I1)', () => {
    const person = fc.constantFrom('ina', 'ivo', 'dee', 'dan', 'una');
    const wish = fc.record({ personId: person, delegatorId: fc.option(person) });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 8 }), (wishes) => {
        const state: { approverIds: string[]; delegatorIds: string[] } = {
          approverIds: [],
          delegatorIds: [],
        };
        for (const { personId, delegatorId } of wishes) {
          const request = aRequest(state);
          if (personId === delegatorId) continue;
          if (
            refuseCommand('approve', {
              request,
              personId,
              delegatorId,
              ...inForce,
            })
          )
            continue;
          state.approverIds.push(personId);
          if (delegatorId !== null) state.delegatorIds.push(delegatorId);
        }
        const involved = [...state.approverIds, ...state.delegatorIds];
        expect(new Set(involved).size).toBe(involved.length);
      }),
      { numRuns: 1000 },
    );
  });
});
