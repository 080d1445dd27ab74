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
});
