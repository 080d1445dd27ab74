import 'reflect-metadata';
import { Actor } from '../../src/modules/identity/actor.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';
import { ReleaseRequest } from '../../src/modules/requests/request.entity.js';
import {
  type CommandGiver,
  requestStates,
  requestTransitions,
} from '../../src/modules/requests/request.state.js';

/** What the roles are called in the transition table. */
const givers: Readonly<Record<string, readonly CommandGiver[]>> = {
  researcher: ['requester'],
  operator: ['operator', 'audit-team'],
  evaluator: ['evaluator', 'audit-team'],
  'ig-approver': ['ig-approver'],
  custodian: [],
  auditor: [],
  administrator: [],
};

const { roles: policies, delegation } = loadPolicy('policies');
const person = '00000000-0000-4000-8000-000000000001';

const transitions: readonly { command: string; from: readonly string[]; by: readonly CommandGiver[] }[] =
  requestTransitions;
/** Asking again for a publication is a right of the operator; the publication itself is the system's. */
const given = transitions.filter(({ command }) => command !== 'publish');

describe('the roles and the transition table agree:', () => {
  it.each(policies.map(({ role }) => role))('%s gives no command that the table keeps from it', (role) => {
    const actor = new Actor(person, 'Somebody', [role], policies);
    const wrong = given.flatMap(({ command, from, by }) =>
      from
        .filter((state) =>
          actor.may(command, Object.assign(new ReleaseRequest(), { state, requesterId: person })),
        )
        .filter(() => !by.some((giver) => givers[role]?.includes(giver)))
        .map((state) => `${command} from ${state}`),
    );
    expect(wrong).toEqual([]);
  });

  it('nobody but the requester submits or withdraws, in any state', () => {
    const others = requestStates.flatMap((state) =>
      policies.flatMap(({ role }) => {
        const actor = new Actor(person, 'Somebody', [role], policies);
        const request = Object.assign(new ReleaseRequest(), { state, requesterId: 'another' });
        return ['submit', 'resubmit', 'withdraw', 'edit'].filter((command) => actor.may(command, request));
      }),
    );
    expect(others).toEqual([]);
  });

  it('a delegate gives no command that an approver could not give, and delegates nothing', () => {
    const held = { delegationId: 'd', delegatorId: 'i' };
    const delegate = new Actor(person, 'Somebody', [], policies, {
      delegations: [held],
      delegated: delegation.may,
    });
    const approver = new Actor(person, 'Somebody', ['ig-approver'], policies);
    const requests = requestStates.map((state) => Object.assign(new ReleaseRequest(), { state }));
    const commands = transitions.map(({ command }) => command);
    const more = requests.flatMap((request) =>
      commands.filter((command) => delegate.may(command, request) && !approver.may(command, request)),
    );
    expect(more).toEqual([]);
    expect(delegate.mayEver('approve', 'Request')).toBe(true);
    expect(['create', 'revoke'].filter((action) => delegate.mayEver(action, 'Delegation'))).toEqual([]);
  });

  it('administrators and auditors reach no decision', () => {
    const actor = new Actor(person, 'Somebody', ['administrator', 'auditor'], policies);
    expect(transitions.filter(({ command }) => actor.mayEver(command, 'Request'))).toEqual([]);
  });
});
