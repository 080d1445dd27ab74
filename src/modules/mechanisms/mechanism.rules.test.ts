import { requireSound } from '../../core/states/transition-table.js';
import {
  fallsWithMechanism,
  type MechanismRecord,
  refuseMechanismCommand,
  refuseUse,
} from './mechanism.rules.js';
import { mechanismTable, type MechanismCommand } from './mechanism.state.js';

const aMechanism = (change: Partial<MechanismRecord> = {}): MechanismRecord => ({
  state: 'IG_REVIEW',
  registeredById: 'otto',
  reviewedById: 'eva',
  approvedById: null,
  recusedIds: ['rex'],
  ...change,
});

describe('a mechanism', () => {
  it('has sound transitions', () => {
    expect(() => {
      requireSound(mechanismTable);
    }).not.toThrow();
  });

  it.each<[MechanismCommand, string | null, Partial<MechanismRecord>, string | undefined]>([
    ['approve', 'ina', {}, undefined],
    ['approve', 'otto', {}, 'OWN_REQUEST'],
    ['approve', 'eva', {}, 'EVALUATOR_DECIDES'],
    ['approve', 'rex', {}, 'CONFLICT_OF_INTEREST'],
    ['return', 'rex', {}, 'CONFLICT_OF_INTEREST'],
    ['review', 'rex', { state: 'SDAT_REVIEW' }, 'CONFLICT_OF_INTEREST'],
    ['reinstate', 'rex', { state: 'SUSPENDED' }, 'CONFLICT_OF_INTEREST'],
    ['suspend', 'rex', { state: 'APPROVED' }, undefined],
    ['retire', 'rex', {}, undefined],
    ['review', 'otto', { state: 'SDAT_REVIEW' }, 'OWN_REQUEST'],
    ['review', 'eva', { state: 'SDAT_REVIEW' }, undefined],
    ['approve', 'ina', { state: 'DRAFT' }, 'WRONG_STATE'],
    ['review-due', null, { state: 'APPROVED' }, undefined],
    ['retire', 'otto', { state: 'RETIRED' }, 'WRONG_STATE'],
  ])('%s by %s on %j: %s', (command, personId, change, code) => {
    expect(refuseMechanismCommand(command, aMechanism(change), personId)?.code).toBe(code);
  });

  it.each<[string, Partial<MechanismRecord>, string]>([
    ['eva', {}, 'review'],
    ['ina', {}, 'nothing'],
    ['ina', { state: 'APPROVED', approvedById: 'ina' }, 'approval'],
    ['eva', { state: 'APPROVED', approvedById: 'ina' }, 'approval'],
    ['max', { state: 'APPROVED', approvedById: 'ina' }, 'nothing'],
    ['ina', { state: 'SUSPENDED', approvedById: 'ina' }, 'nothing'],
    ['eva', { state: 'DRAFT' }, 'nothing'],
  ])('loses with %s who has a conflict of interest, %j: the %s', (personId, change, expected) => {
    expect(fallsWithMechanism(aMechanism(change), personId)).toBe(expected);
  });

  it('makes nothing while it is suspended or once it is retired', () => {
    expect(
      [refuseUse({ state: 'SUSPENDED' }), refuseUse({ state: 'RETIRED' })].map((one) => one?.code),
    ).toEqual(['MECHANISM_MISMATCH', 'MECHANISM_MISMATCH']);
    expect(refuseUse({ state: 'DRAFT' })).toBeNull();
  });
});
