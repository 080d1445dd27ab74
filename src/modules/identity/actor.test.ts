import { Actor } from './actor.js';

class Parcel {
  static readonly subject = 'Parcel';

  constructor(readonly ownerId: string) {}
}

const policies = [
  {
    role: 'owner',
    description: 'Opens parcels of their own.',
    may: [{ actions: ['open'], subject: 'Parcel', where: { ownerId: '${person.id}' } }],
  },
  { role: 'clerk', description: 'Weighs.', may: [{ actions: ['weigh'], subject: 'Parcel' }] },
];

describe('an actor', () => {
  const ann = new Actor('ann', 'Ann', ['owner'], policies);

  it('may do with the loaded object what the role says of that object', () => {
    expect(ann.may('open', new Parcel('ann'))).toBe(true);
    expect(ann.may('open', new Parcel('bob'))).toBe(false);
  });

  it('passes the door when some object may pass, and is asked again about the object', () => {
    expect(ann.mayEver('open', 'Parcel')).toBe(true);
    expect(ann.refuse('open', new Parcel('bob'))?.code).toBe('NOT_PERMITTED');
  });

  it('has nothing from a role that is not theirs, or that no policy describes', () => {
    expect(ann.mayEver('weigh', 'Parcel')).toBe(false);
    expect(new Actor('eve', 'Eve', ['emperor'], policies).mayEver('open', 'Parcel')).toBe(false);
  });

  it('has the sum of several roles', () => {
    const both = new Actor('ann', 'Ann', ['owner', 'clerk'], policies);
    expect([both.may('open', new Parcel('ann')), both.may('weigh', new Parcel('bob'))]).toEqual([true, true]);
  });

  it('is not asked about things that have no subject name', () => {
    expect(() => ann.may('open', new Map())).toThrow('has no subject name');
  });

  it('with a token has what is in both: the scopes and the roles of the person', () => {
    const token = new Actor('ann', 'Ann', ['owner'], policies, {
      token: { id: 'token-1', scopes: new Set(['weigh Parcel']) },
    });
    expect([token.mayEver('open', 'Parcel'), token.mayEver('weigh', 'Parcel')]).toEqual([false, false]);
    expect(token.refuse('open', new Parcel('ann'))?.message).toContain('scopes');
    expect(token.refuse('weigh', new Parcel('ann'))?.message).toContain('roles');
    const opener = new Actor('ann', 'Ann', ['owner'], policies, {
      token: { id: 'token-1', scopes: new Set(['open Parcel']) },
    });
    expect(opener.refuse('open', new Parcel('ann'))).toBeNull();
    expect(opener.refuse('open', new Parcel('bob'))?.code).toBe('NOT_PERMITTED');
  });

  it('with a token stays what the person is where that takes something away', () => {
    const blind = new Actor('ann', 'Ann', ['clerk'], policies, {
      token: { id: 'token-1', scopes: new Set(['read Parcel']) },
    });
    expect([blind.may('weigh', new Parcel('bob')), blind.mayEver('weigh', 'Parcel')]).toEqual([true, false]);
    expect(blind.may('read', new Parcel('bob'))).toBe(false);
  });

  describe('who decides in the stead of others', () => {
    const delegated = [{ actions: ['weigh'], subject: 'Parcel' }];
    const held = (...delegators: string[]) =>
      new Actor('dee', 'Dee', ['owner'], policies, {
        delegated,
        delegations: delegators.map((delegatorId) => ({ delegationId: `of ${delegatorId}`, delegatorId })),
      });
    const parcel = new Parcel('bob');

    it('may do what is delegated, and nothing when nobody delegates', () => {
      expect([held('ina').may('weigh', parcel), held('ina').mayEver('weigh', 'Parcel')]).toEqual([
        true,
        true,
      ]);
      expect([held().may('weigh', parcel), held().mayEver('weigh', 'Parcel')]).toEqual([false, false]);
      expect(held('ina').may('open', parcel)).toBe(false);
    });

    it('names for whom, where there are several', () => {
      expect(held('ina').standingFor('weigh', parcel)).toMatchObject({ delegatorId: 'ina' });
      expect(held('ina', 'ivo').standingFor('weigh', parcel)).toMatchObject({ code: 'INCOMPLETE' });
      expect(held('ina', 'ivo').standingFor('weigh', parcel, 'ivo')).toMatchObject({ delegatorId: 'ivo' });
      expect(held('ina').standingFor('weigh', parcel, 'ivo')).toMatchObject({ code: 'NOT_PERMITTED' });
    });

    it('decides in person what their own roles allow, and for nobody else', () => {
      expect(held('ina').standingFor('open', new Parcel('dee'))).toBeNull();
      expect(held('ina').standingFor('open', new Parcel('dee'), 'ina')).toMatchObject({
        code: 'NOT_PERMITTED',
      });
    });
  });
});
