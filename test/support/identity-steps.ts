import { randomUUID } from 'node:crypto';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import type { RequestAnswer } from '../../src/commands/example/steps.js';
import { refusalOf } from './cast.js';

const requestFields = `__typename ... on Request { id state candidateHash } ${refusalFields}`;
const msPerDay = 86_400_000;

/** From now, for some days. */
export function delegateApproval(
  approver: ApiClient,
  delegateId: string,
  { now, days = 7 }: { readonly now: Date; readonly days?: number },
): Promise<{ id: string }> {
  const endsAt = new Date(now.getTime() + days * msPerDay).toISOString();
  return approver.call(
    `mutation ($delegateId: ID!, $endsAt: DateTime!) {
       delegateApproval(delegateId: $delegateId, endsAt: $endsAt, reason: "On leave for a while.") {
         __typename ... on Delegation { id delegatorId delegateId revokedAt } ${refusalFields}
       }
     }`,
    { delegateId, endsAt },
  );
}

export function revokeDelegation(approver: ApiClient, id: string): Promise<{ id: string }> {
  return approver.call(
    `mutation ($id: ID!) { revokeDelegation(id: $id) { __typename ... on Delegation { id } ${refusalFields} } }`,
    { id },
  );
}

export function declareConflict(
  person: ApiClient,
  id: string,
  statement = 'The requester is my cousin.',
): Promise<RequestAnswer> {
  return person.call(
    `mutation ($id: ID!, $statement: String!) {
       declareConflict(requestId: $id, statement: $statement) { ${requestFields} }
     }`,
    { id, statement },
  );
}

export function switchAccount(
  administrator: ApiClient,
  mutation: 'disablePerson' | 'enablePerson',
  id: string,
): Promise<{ id: string; disabled: boolean }> {
  return administrator.call(
    `mutation ($id: ID!) { ${mutation}(id: $id) { __typename ... on Person { id disabled } ${refusalFields} } }`,
    { id },
  );
}

export interface DecisionAnswer {
  readonly command: string;
  readonly decidedBy: string;
  readonly asDelegateOf: string | null;
}

export async function decisionsOn(reader: ApiClient, id: string): Promise<DecisionAnswer[]> {
  const { decisions } = await reader.call<{ decisions: DecisionAnswer[] }>(
    'query ($id: ID!) { request(id: $id) { decisions { command decidedBy asDelegateOf } } }',
    { id },
  );
  return decisions;
}

/** To read requests, for thirty days. */
export async function apiTokenOf(person: ApiClient): Promise<string> {
  const { token } = await person.call<{ token: string }>(
    `mutation { createApiToken(input: { name: "nightly", scopes: ["read Request"], expiresInDays: 30 }) {
       __typename ... on NewApiToken { token } ${refusalFields} } }`,
  );
  return token;
}

/** NOT_PERMITTED at the door for who decides for nobody, else the answer about a request that is not there. */
export async function triesToApprove(person: ApiClient): Promise<string> {
  const answer = person.call(
    `mutation ($id: ID!) { approveRequest(id: $id, candidateHash: "c", reason: "Whatever it may be.",
       declaresNoConflict: true) { __typename ${refusalFields} } }`,
    { id: randomUUID() },
  );
  return (await refusalOf(answer)).code;
}
