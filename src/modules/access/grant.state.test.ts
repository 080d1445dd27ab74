import { requireSound } from '../../core/states/transition-table.js';
import {
  grantCommandsFrom,
  grantStates,
  grantTable,
  grantTarget,
  grantTransitions,
  type GrantCommand,
  type GrantState,
} from './grant.state.js';

const commands = [...new Set(grantTransitions.map(({ command }) => command))];

/** Written out by hand: what the table says has to be said twice before it changes. */
const expected: Readonly<Record<GrantState, Partial<Record<GrantCommand, GrantState>>>> = {
  REQUESTED: {
    confirm: 'REFEREE_CONFIRMED',
    refuse: 'DECLINED',
    withdraw: 'WITHDRAWN',
    lapse: 'DECLINED',
  },
  REFEREE_CONFIRMED: { withdraw: 'WITHDRAWN', lapse: 'DECLINED', assess: 'IG_DECISION' },
  IG_DECISION: { withdraw: 'WITHDRAWN', lapse: 'DECLINED', approve: 'ACTIVE', decline: 'DECLINED' },
  ACTIVE: { suspend: 'SUSPENDED', revoke: 'REVOKED', expire: 'EXPIRED', relinquish: 'EXPIRED' },
  SUSPENDED: { resume: 'ACTIVE', revoke: 'REVOKED', expire: 'EXPIRED', relinquish: 'EXPIRED' },
  EXPIRED: { close: 'CLOSED' },
  REVOKED: { close: 'CLOSED' },
  CLOSED: {},
  DECLINED: {},
  WITHDRAWN: {},
};

describe('an access grant', () => {
  it('has sound transitions', () => {
    expect(() => {
      requireSound(grantTable);
    }).not.toThrow();
  });

  it.each(grantStates.flatMap((state) => commands.map((command) => [state, command] as const)))(
    'in %s answers %s as written here',
    (state, command) => {
      expect(grantTarget(command, state)).toBe(expected[state][command] ?? null);
    },
  );

  it('becomes active by a decision of information governance only, or comes back from a suspension', () => {
    const ways = grantTransitions.filter(({ to }) => to === 'ACTIVE');
    expect(ways.map(({ command, from, by }) => [command, ...from, ...by])).toEqual([
      ['approve', 'IG_DECISION', 'ig-approver'],
      ['resume', 'SUSPENDED', 'ig-approver', 'system'],
    ]);
  });

  it('offers nobody with an account what a referee answers or the clock does', () => {
    const offered = grantStates.flatMap(grantCommandsFrom);
    for (const command of ['confirm', 'refuse', 'lapse', 'expire'] as const)
      expect(offered).not.toContain(command);
    expect(grantCommandsFrom('ACTIVE')).toEqual(['suspend', 'revoke', 'relinquish']);
  });
});
