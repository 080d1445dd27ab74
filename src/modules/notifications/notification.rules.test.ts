import fc from 'fast-check';
import { requestStates, requestTransitions } from '../requests/request.state.js';
import { notificationText, notificationTopics } from './notification-texts.rules.js';
import {
  addresseesOf,
  type Audience,
  nextCommands,
  notificationRules,
  rulesFor,
} from './notification.rules.js';

interface Event {
  readonly action: string;
  readonly subjectType: string;
  readonly outcome: 'done' | 'refused';
  readonly details: object;
}

const event = (action: string, details: object, change: Partial<Event> = {}): Event => ({
  ...{ action, details, subjectType: 'Request', outcome: 'done' },
  ...change,
});
const topicsOf = (...given: Parameters<typeof event>): string[] =>
  rulesFor(event(...given)).map(({ topic }) => topic);

it.each([
  ['submit-request', { from: 'DRAFT', to: 'SUBMITTED' }, ['to-agree', 'on-team']],
  ['agree-request', { from: 'SUBMITTED', to: 'AGREED' }, ['agreed', 'to-generate']],
  ['endorse-request', { from: 'EVALUATING', to: 'IG_REVIEW' }, ['to-approve']],
  ['approve-request', { from: 'IG_REVIEW', to: 'APPROVED' }, ['approved']],
  ['approve-request', { from: 'IG_REVIEW', to: 'IG_REVIEW' }, []],
  ['waive-request', { from: 'BLOCKED', to: 'BLOCKED' }, []],
  ['reinstate-request', { from: 'SUSPENDED', to: 'SUSPENDED' }, []],
  ['recall-request', { from: 'PUBLISHED', to: 'REVOKED' }, ['destroy', 'recalled']],
  ['publish-request', { gaveUp: 'The disk is full.' }, []],
  ['remind-request', { threshold: 'reminder', state: 'IG_REVIEW' }, ['reminder']],
  ['remind-request', { threshold: 'overdue', state: 'IG_REVIEW' }, ['overdue']],
  ['edit-request', {}, []],
])('%s with %j is told as %j', (action, details, expected) => {
  expect(topicsOf(action, details)).toEqual(expected);
});

it('tells of nothing that was refused', () => {
  for (const { action, subjectType } of notificationRules) {
    const details = { from: 'DRAFT', to: 'SUBMITTED', threshold: 'reminder' };
    expect(topicsOf(action, details, { subjectType, outcome: 'refused' })).toEqual([]);
  }
});

it('tells nobody of a command that leaves the request where it was, whatever else the event says', () => {
  const commands = fc.constantFrom(...new Set(requestTransitions.map(({ command }) => `${command}-request`)));
  fc.assert(
    fc.property(commands, fc.constantFrom(...requestStates), fc.jsonValue(), (action, state, more) => {
      expect(topicsOf(action, { more, reason: 'x', candidateHash: 'x', from: state, to: state })).toEqual([]);
    }),
  );
});

describe('the table', () => {
  const commands = requestTransitions.map(({ command }) => command as string);
  const commandsOf = (audience: Audience): readonly string[] =>
    audience.kind === 'able' ? audience.commands : [];

  it('speaks of commands that there are', () => {
    const onRequests = notificationRules.filter(({ subjectType }) => subjectType === 'Request');
    const named = [
      ...onRequests.map(({ action }) => action.replace('-request', '')).filter((name) => name !== 'remind'),
      ...notificationRules.flatMap(({ audience }) => commandsOf(audience)),
      ...Object.values(nextCommands).flat(),
    ];
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => name === undefined || !commands.includes(name))).toEqual([]);
  });

  it('asks for a step that can be taken in the state the request has come to', () => {
    const impossible = notificationRules.flatMap(({ action, audience }) => {
      const ends = requestTransitions
        .filter(({ command }) => `${command}-request` === action)
        .map(({ to }) => to);
      return ends.flatMap((end) =>
        commandsOf(audience)
          .filter(
            (name) =>
              !requestTransitions.some(({ command, from }) => command === name && includes(from, end)),
          )
          .map((name) => `${action} leads to ${end}, where nobody can ${name}`),
      );
    });
    expect(impossible).toEqual([]);
  });

  const endsOf = (command: string): readonly string[] =>
    requestTransitions.filter((one) => one.command === command).map(({ to }) => to);
  const told = (command: string): string[] =>
    rulesFor(event(`${command}-request`, { from: 'the state before', to: 'the state after' })).map(
      ({ audience }) => (audience.kind === 'part' ? audience.part : audience.kind),
    );

  it('tells the requester of whatever others decide on their request', () => {
    const ends = [
      ...['AGREED', 'RETURNED', 'REJECTED', 'APPROVED', 'PUBLISHED', 'SUSPENDED'],
      ...['REVOKED', 'EXPIRED', 'SUPERSEDED', 'WITHDRAWN'],
    ];
    const theirOwn = ['withdraw', 'rework', 'generation-failed'];
    const asked = [...new Set(commands)].filter(
      (command) => !theirOwn.includes(command) && endsOf(command).some((end) => ends.includes(end)),
    );
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((command) => !told(command).includes('requester'))).toEqual([]);
  });

  it('tells who holds the files of whatever becomes of a published release', () => {
    const asked = ['suspend', 'reinstate', 'recall', 'expire', 'supersede'];
    expect(asked.filter((command) => !told(command).includes('downloaders'))).toEqual([]);
  });

  it('uses every topic', () => {
    const used = new Set(notificationRules.map(({ topic }) => topic));
    expect(notificationTopics.filter((topic) => !used.has(topic))).toEqual([]);
  });
});

const includes = (states: readonly string[], state: string): boolean => states.includes(state);

it('tells each person once, by the first row, and nobody what they did themselves', () => {
  const [recalled, told] = rulesFor(event('recall-request', { from: 'PUBLISHED', to: 'REVOKED' }));
  const reached = [
    { rule: recalled!, personIds: ['ann', 'bob', 'ann', 'ida'] },
    { rule: told!, personIds: ['bob', 'cyd'] },
  ];
  const topics = [...addresseesOf(reached, 'ida')].map(([id, { topic }]) => [id, topic]);
  expect(topics).toEqual([
    ['ann', 'destroy'],
    ['bob', 'destroy'],
    ['cyd', 'recalled'],
  ]);
});

it('says a sentence of fixed words after the reference', () => {
  expect(notificationText('to-approve', { reference: 'PF-0001' })).toBe(
    'PF-0001 waits for the decision of information governance.',
  );
  for (const topic of notificationTopics) {
    expect(notificationText(topic, { reference: 'PF-1' })).toMatch(/^PF-1 [a-z][^\n]*\.$/);
  }
});
