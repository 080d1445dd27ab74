import { requireSound, type TransitionTable } from '../../core/states/transition-table.js';
import {
  commandsFrom,
  requestStates,
  requestTransitions,
  requestTable,
  targetOf,
  terminalStates,
} from './request.state.js';

const walk = (transitions: TransitionTable<string>['transitions']): (() => void) => {
  return () => {
    requireSound({ ...requestTable, transitions });
  };
};

describe('the request transitions', () => {
  it('are sound as they stand', () => {
    expect(walk(requestTransitions)).not.toThrow();
  });

  it.each([
    [
      'a terminal state that can be left',
      { command: 'undo', from: ['REJECTED'], to: 'DRAFT', by: [] },
      'terminal',
    ],
    [
      'a command with two targets',
      { command: 'submit', from: ['DRAFT'], to: 'AGREED', by: [] },
      'two states',
    ],
  ] as const)('are refused with %s', (_, extra, why) => {
    expect(walk([...requestTransitions, extra])).toThrow(why);
  });

  it.each(['submit', 'publish', 'supersede'])('are refused without %s', (command) => {
    expect(walk(requestTransitions.filter((one) => one.command !== command))).toThrow('cannot be reached');
  });

  it('are refused when a state leads to no end', () => {
    const stuck = requestTransitions.filter(
      ({ from }) => !from.some((state: string) => state === 'SUSPENDED'),
    );
    expect(walk(stuck)).toThrow('request SUSPENDED leads to no end');
  });

  it('reach PUBLISHED only from APPROVED and, after a suspension, from SUSPENDED', () => {
    const ways = requestTransitions.filter(({ to }) => to === 'PUBLISHED');
    expect(ways.map(({ command, from }) => [command, ...from])).toEqual([
      ['publish', 'APPROVED'],
      ['reinstate', 'SUSPENDED'],
    ]);
  });

  it('offer people nothing in a terminal state', () => {
    expect(terminalStates.flatMap(commandsFrom)).toEqual([]);
  });

  it('never offer people what only the system does', () => {
    const systemOnly = [
      'generated',
      'generation-failed',
      'checks-failed',
      'checks-complete',
      'stale',
      'publish',
    ];
    expect(requestStates.flatMap(commandsFrom).filter((command) => systemOnly.includes(command))).toEqual([]);
  });

  it('answer null for a command that means nothing', () => {
    expect(targetOf('approve', 'DRAFT')).toBeNull();
    expect(targetOf('approve', 'IG_REVIEW')).toBe('APPROVED');
  });
});
