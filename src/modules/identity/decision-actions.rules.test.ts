import fc from 'fast-check';
import { incidentTable } from '../incidents/incident.state.js';
import { mechanismTable } from '../mechanisms/mechanism.state.js';
import { loadPolicy } from '../policy/load-policy.js';
import { requestTable } from '../requests/request.state.js';
import { isDecision, refuseRoles, rolesTogether, takesTwoToGive } from './decision-actions.rules.js';

const { roles: known } = loadPolicy('policies');
const names = known.map(({ role }) => role);

it.each([
  ['approve', 'Request', true],
  ['sign', 'Profile', true],
  ['confirm', 'Incident', true],
  ['create', 'Delegation', true],
  ['read', 'Delegation', false],
  ['read', 'Request', false],
  ['suspend', 'Request', false],
  ['create', 'Request', false],
  ['download', 'Release', false],
  ['approve', 'AccessGrant', true],
  ['decide', 'Training', true],
  ['lift', 'AccessBlock', true],
  ['close', 'AccessGrant', false],
  ['close', 'Request', true],
])('"%s %s" is a decision: %s', (action, subject, expected) => {
  expect(isDecision(action, subject)).toBe(expected);
});

it('every step of a machine that judges is a decision; preparing and stopping are none', () => {
  const tables = {
    Request: requestTable.transitions,
    Mechanism: mechanismTable.transitions,
    Incident: incidentTable.transitions,
  };
  const preparing = ['Request generate', 'Mechanism submit', 'Mechanism withdraw', 'Mechanism register'];
  const stopping = ['Request suspend', 'Request recheck', 'Mechanism suspend'];
  for (const [subject, transitions] of Object.entries(tables))
    for (const { command, by } of transitions) {
      const isForOthers = by.some((giver: string) => giver !== 'system' && giver !== 'requester');
      if (!isForOthers) continue;
      const isNone = [...preparing, ...stopping].includes(`${subject} ${command}`);
      expect([subject, command, isDecision(command, subject)]).toEqual([subject, command, !isNone]);
    }
});

it.each([
  ['recuse', 'Request'],
  ['assess', 'Assessment'],
  ['resume', 'AccessGrant'],
  ['separate', 'Source'],
  ['absolve', 'Recusal'],
  ['thaw', 'Freeze'],
])('"%s %s" is a decision, too', (action, subject) => {
  expect(isDecision(action, subject)).toBe(true);
});

it.each([
  [['administrator'], undefined],
  [['administrator', 'auditor', 'researcher'], undefined],
  [['operator', 'evaluator', 'ig-approver'], undefined],
  [['administrator', 'ig-approver'], 'NOT_PERMITTED'],
  [['auditor', 'ig-approver'], 'NOT_PERMITTED'],
  [['evaluator', 'auditor'], 'NOT_PERMITTED'],
  [['evaluator', 'administrator'], 'NOT_PERMITTED'],
])('%j go to one person: %s', (roles, code) => {
  expect(refuseRoles(roles, known)?.code).toBe(code);
});

it('nobody is left with accounts to keep and a right to decide, whatever the claims add up to', () => {
  fc.assert(
    fc.property(fc.subarray(names), (roles) => {
      const left = rolesTogether(roles, known);
      expect(refuseRoles(left, known)).toBeNull();
      expect(left.every((role) => roles.includes(role))).toBe(true);
      if (refuseRoles(roles, known) === null) expect(left).toEqual(roles);
    }),
    { numRuns: 300 },
  );
});

it.each([
  [['researcher'], false],
  [['researcher', 'ig-approver'], true],
  [['operator'], true],
  [['evaluator'], true],
  [['administrator'], true],
  [['auditor'], true],
  [[], false],
])('%j take two people to give: %s', (roles, expected) => {
  expect(takesTwoToGive(roles, known)).toBe(expected);
});
