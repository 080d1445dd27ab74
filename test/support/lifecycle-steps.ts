import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import type { RequestAnswer } from '../../src/commands/example/steps.js';

const requestFields = `__typename ... on Request { id state candidateHash } ${refusalFields}`;

/** Gives a command that takes the id of a request and a reason. */
export function overrule(
  person: ApiClient,
  mutation: 'suspendRelease' | 'reinstateRelease',
  requestId: string,
): Promise<RequestAnswer> {
  return person.call(
    `mutation ($id: ID!, $reason: String!) { ${mutation}(requestId: $id, reason: $reason) { ${requestFields} } }`,
    { id: requestId, reason: 'For the sake of this story.' },
  );
}

export function recallRelease(person: ApiClient, requestId: string): Promise<RequestAnswer> {
  return person.call(
    `mutation ($id: ID!, $reason: String!) {
       recallRelease(requestId: $id, reasonClass: QUALITY, reason: $reason) { ${requestFields} }
     }`,
    { id: requestId, reason: 'For the sake of this story.' },
  );
}

export function reauditRelease(person: ApiClient, requestId: string): Promise<RequestAnswer> {
  return person.call(`mutation ($id: ID!) { reauditRelease(requestId: $id) { ${requestFields} } }`, {
    id: requestId,
  });
}

export function startSuccessor(
  person: ApiClient,
  mutation: 'amendRequest' | 'appealRequest',
  id: string,
): Promise<RequestAnswer & { parentId: string; linkKind: string }> {
  return person.call(
    `mutation ($id: ID!) {
       ${mutation}(id: $id) { __typename ... on Request { id state candidateHash parentId linkKind } ${refusalFields} }
     }`,
    { id },
  );
}

export function waiveChecks(
  person: ApiClient,
  id: string,
  checks: readonly string[],
  expiresAt: Date,
): Promise<RequestAnswer> {
  return person.call(
    `mutation ($id: ID!, $reason: String!, $checks: [String!]!, $expiresAt: DateTime!) {
       waiveChecks(id: $id, reason: $reason, checks: $checks, expiresAt: $expiresAt) { ${requestFields} }
     }`,
    { id, checks, reason: 'Good enough for teaching.', expiresAt: expiresAt.toISOString() },
  );
}

export interface IncidentAnswer {
  readonly id: string;
  readonly state: string;
}

export function reportIncident(
  person: ApiClient,
  requestId: string,
  severity: 'LOW' | 'MEDIUM' | 'HIGH',
): Promise<IncidentAnswer> {
  return person.call(
    `mutation ($requestId: ID!, $severity: Severity!, $description: String!) {
       reportIncident(requestId: $requestId, severity: $severity, description: $description) {
         __typename ... on Incident { id state } ${refusalFields}
       }
     }`,
    { requestId, severity, description: 'A row looks like somebody I know.' },
  );
}

export function commandIncident(
  person: ApiClient,
  id: string,
  command: string,
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | null = null,
  policyChange: string | null = null,
): Promise<IncidentAnswer> {
  return person.call(
    `mutation ($id: ID!, $command: IncidentCommand!, $note: String!, $severity: Severity, $policyChange: String) {
       commandIncident(id: $id, command: $command, note: $note, severity: $severity, policyChange: $policyChange) {
         __typename ... on Incident { id state } ${refusalFields}
       }
     }`,
    { id, command, severity, policyChange, note: 'Looked at the row and at the source.' },
  );
}

export interface MechanismAnswer {
  readonly id: string;
  readonly state: string;
  readonly hash: string;
}

export type MechanismMutation =
  | 'submitMechanism'
  | 'reviewMechanism'
  | 'returnMechanism'
  | 'approveMechanism'
  | 'suspendMechanism'
  | 'reinstateMechanism'
  | 'retireMechanism'
  | 'withdrawMechanism';

export function commandMechanism(
  person: ApiClient,
  mutation: MechanismMutation,
  { id, hash }: { readonly id: string; readonly hash: string },
): Promise<MechanismAnswer> {
  return person.call(
    `mutation ($id: ID!, $hash: String!, $reason: String!) {
       ${mutation}(id: $id, hash: $hash, reason: $reason) {
         __typename ... on Mechanism { id state hash } ${refusalFields}
       }
     }`,
    { id, hash, reason: 'Read its profile and its rules.' },
  );
}

export async function mechanismOf(person: ApiClient, id: string): Promise<MechanismAnswer> {
  const all = await person.call<MechanismAnswer[]>('{ mechanisms { id state hash } }');
  const found = all.find((mechanism) => mechanism.id === id);
  if (!found) throw new Error('There is no such mechanism.');
  return found;
}

/** Why the person may not give the command, as the list of what may be done says; null when they may. */
export async function whyNotOffered(person: ApiClient, id: string, command: string): Promise<string | null> {
  const { allowedActions } = await person.call<{
    allowedActions: { command: string; refusal: { code: string } | null }[];
  }>('query ($id: ID!) { request(id: $id) { allowedActions { command refusal { code } } } }', { id });
  const action = allowedActions.find((one) => one.command === command);
  return action ? (action.refusal?.code ?? null) : 'NOT_LISTED';
}
