import { type ApiClient, refusalFields } from './api-client.js';
import { endorsementTexts, proposedSummary } from './endorsement-texts.js';
import { until } from './until.js';

export * from './source-steps.js';
export { until } from './until.js';

export interface RequestDraft {
  readonly title: string;
  readonly purpose: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** `csv` when not given. */
  readonly formats?: readonly string[];
  /** LOW when not given. */
  readonly tier?: 'STRUCTURAL' | 'LOW' | 'HIGH';
  /** Ids of people who work with the researcher. */
  readonly memberIds?: readonly string[];
  readonly declaredUse?: object;
}

export const allDeclared = {
  notForDirectCare: true,
  noReIdentification: true,
  nonCommercial: true,
  noConflictOfInterest: true,
};

export interface RequestAnswer {
  readonly id: string;
  readonly state: string;
  readonly candidateHash: string | null;
}

const requestFields = `__typename ... on Request { id state candidateHash } ${refusalFields}`;

export function draftRequest(
  researcher: ApiClient,
  sourceId: string,
  draft: RequestDraft,
): Promise<RequestAnswer> {
  const fixed = { useCase: 'RESEARCH', tier: 'LOW', formats: ['csv'], declarations: allDeclared };
  return researcher.call(
    `mutation ($input: RequestInput!) { draftRequest(input: $input) { ${requestFields} } }`,
    { input: { ...fixed, sourceId, ...draft } },
  );
}

export function submitRequest(researcher: ApiClient, id: string): Promise<RequestAnswer> {
  return researcher.call(`mutation ($id: ID!) { submitRequest(id: $id) { ${requestFields} } }`, { id });
}

export function agreeRequest(
  auditTeam: ApiClient,
  id: string,
  texts: { readonly feasibility?: string; readonly impact?: string } = {},
): Promise<RequestAnswer> {
  return auditTeam.call(
    `mutation ($id: ID!, $feasibility: String!, $impact: String!) {
       agreeRequest(id: $id, feasibility: $feasibility, impact: $impact) { ${requestFields} }
     }`,
    {
      id,
      feasibility: 'The signed profile has every column that is asked for.',
      impact: 'Learners practise without anybody opening the extract for them.',
      ...texts,
    },
  );
}

export function generateCandidate(
  operator: ApiClient,
  id: string,
  choice: { readonly mechanismId: string; readonly seed?: string | null; readonly reason?: string },
): Promise<RequestAnswer> {
  return operator.call(
    `mutation ($id: ID!, $mechanismId: ID!, $seed: String, $reason: String) {
       generateCandidate(id: $id, mechanismId: $mechanismId, seed: $seed, reason: $reason) { ${requestFields} }
     }`,
    { id, ...choice },
  );
}

/** Waits until the request is in one of the states. */
export function requestIn(reader: ApiClient, id: string, states: readonly string[]): Promise<RequestAnswer> {
  return until(
    () =>
      reader.call<RequestAnswer>('query ($id: ID!) { request(id: $id) { id state candidateHash } }', { id }),
    ({ state }) => states.includes(state),
  );
}

export async function endorseRequest(
  evaluator: ApiClient,
  id: string,
  candidateHash: string,
  texts: Readonly<Partial<Record<keyof typeof endorsementTexts | 'summary', string>>> = {},
): Promise<RequestAnswer> {
  const summary = (await proposedSummary(evaluator, id)) ?? 'There is nothing to summarise.';
  return evaluator.call(
    `mutation ($id: ID!, $reason: String!, $hash: String!, $scores: ScoresInput!, $endorsement: EndorsementInput!) {
       endorseRequest(id: $id, reason: $reason, candidateHash: $hash, scores: $scores, endorsement: $endorsement) {
         ${requestFields}
       }
     }`,
    {
      id,
      hash: candidateHash,
      reason: 'Every check passed; the columns are independent, which the readme says.',
      scores: { privacy: 5, quality: 4, utility: 3, bias: 4 },
      endorsement: { ...endorsementTexts, summary, ...texts },
    },
  );
}

export function approveRequest(
  approver: ApiClient,
  id: string,
  candidateHash: string,
): Promise<RequestAnswer> {
  return approver.call(
    `mutation ($id: ID!, $reason: String!, $hash: String!) {
       approveRequest(id: $id, reason: $reason, candidateHash: $hash, declaresNoConflict: true) { ${requestFields} }
     }`,
    { id, hash: candidateHash, reason: 'No significant risk to the privacy of patients.' },
  );
}

export interface ReleaseAnswer {
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly path: string; readonly sha256: string }[];
}

export async function releaseOf(researcher: ApiClient, requestId: string): Promise<ReleaseAnswer> {
  const { release } = await researcher.call<{ release: ReleaseAnswer }>(
    'query ($id: ID!) { request(id: $id) { release { id files { name path sha256 } } } }',
    { id: requestId },
  );
  return release;
}
