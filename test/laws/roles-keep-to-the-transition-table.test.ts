import 'reflect-metadata';
import { Actor } from '../../src/modules/identity/actor.js';
import { AccessGrant } from '../../src/modules/access/grant.entity.js';
import { type GrantCommandGiver, grantTransitions } from '../../src/modules/access/grant.state.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';
import { loadQuestions } from '../../src/modules/questions/load-questions.js';
import type { DraftInput } from '../../src/modules/requests/draft.input.js';
import { newRequest } from '../../src/modules/requests/new-request.js';
import { ReleaseRequest } from '../../src/modules/requests/request.entity.js';
import { RequestRules } from '../../src/modules/requests/request-rules.service.js';
import {
  type CommandGiver,
  type RequestCommand,
  type RequestState,
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

/** The same for access grants; a referee has no role. */
const grantGivers: Readonly<Record<string, GrantCommandGiver>> = {
  researcher: 'applicant',
  'ig-approver': 'ig-approver',
};

const policy = loadPolicy('policies');
const { roles: policies, delegation } = policy;
const questions = loadQuestions('content/dpia');
const person = '00000000-0000-4000-8000-000000000001';

const transitions: readonly { command: string; from: readonly string[]; by: readonly CommandGiver[] }[] =
  requestTransitions;
/** Asking again for a publication is a right of the operator; the publication itself is the system's. */
const given = transitions.filter(({ command }) => command !== 'publish');

/** Nobody has a part in it yet, and the evidence is as it must be: the state and the role alone decide. */
const untouched = (state: RequestState, requesterId: string): ReleaseRequest =>
  Object.assign(newRequest(requesterId, { memberIds: [] as string[] } as DraftInput), {
    ...{ state, tier: 'LOW', candidateHash: 'candidate', recusedIds: [] },
    ...{ checksOutcome: 'pass', checksPolicyHash: policy.hash },
  });

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

  it.each(policies.map(({ role }) => role))('%s gives no command on a grant that is not its own', (role) => {
    const actor = new Actor(person, 'Somebody', [role], policies);
    const own = Object.assign(new AccessGrant(), { personId: person });
    const wrong = grantTransitions.filter(
      ({ command, by }: { command: string; by: readonly GrantCommandGiver[] }) => {
        const giver = grantGivers[role];
        return actor.may(command, own) && !(giver && by.includes(giver));
      },
    );
    expect(wrong).toEqual([]);
  });

  it('nobody but the applicant has a command on the application of another, but who decides on it', () => {
    const another = Object.assign(new AccessGrant(), { personId: 'another' });
    const able = policies.flatMap(({ role }) => {
      const actor = new Actor(person, 'Somebody', [role], policies);
      return ['create', ...grantTransitions.map(({ command }) => command)]
        .filter((command) => actor.may(command, another))
        .map((command) => `${role} ${command}`);
    });
    expect(able.sort()).toEqual(
      ['approve', 'assess', 'decline', 'resume', 'revoke', 'suspend'].map((one) => `ig-approver ${one}`),
    );
  });

  it('every role gives every command in every state exactly when the table says so', () => {
    const rules = new RequestRules(policy, questions);
    const cases = requestStates.flatMap((state) =>
      [...new Set(given.map(({ command }) => command))].flatMap((command) =>
        policies.map(({ role }) => ({ state, command: command as RequestCommand, role })),
      ),
    );
    expect(cases.length).toBeGreaterThan(2_500);
    const wrong = cases.filter(({ state, command, role }) => {
      const actor = new Actor(person, 'Somebody', [role], policies);
      const request = untouched(state, role === 'researcher' ? person : 'somebody else');
      const isInTable = given.some(
        (one) =>
          one.command === command &&
          one.from.includes(state) &&
          one.by.some((giver) => givers[role]?.includes(giver)),
      );
      return (rules.refuseTo(actor, command, request) === null) !== isInTable;
    });
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
