import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, refusalFields } from './api-client.js';
import { endorsementTexts, proposedSummary } from './endorsement-texts.js';

export interface SourceDescription {
  readonly name: string;
  readonly description: string;
  readonly citation: string;
  readonly licence: string;
}

interface ColumnProposal {
  readonly name: string;
  readonly type: string;
  readonly missingMarkers: readonly string[];
}

/** What the custodian adds to the proposal. */
export interface Confirmation {
  readonly subjectColumn?: string;
  /** By column. */
  readonly publicFacts?: Readonly<Record<string, object>>;
}

export interface RequestDraft {
  readonly title: string;
  readonly purpose: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** LOW when not given. */
  readonly tier?: 'STRUCTURAL' | 'LOW' | 'HIGH';
}

const pollMs = 100;
const waitMsMax = 600_000;

/** Asks until `isDone`, as a client without subscriptions does. */
export async function until<Value>(
  ask: () => Promise<Value>,
  isDone: (value: Value) => boolean,
): Promise<Value> {
  const deadline = performance.now() + waitMsMax;
  for (;;) {
    const value = await ask();
    if (isDone(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`Waited in vain; the last answer was ${JSON.stringify(value)}`);
    await sleep(pollMs);
  }
}

export async function openUpload(custodian: ApiClient): Promise<{ id: string; path: string }> {
  return custodian.call(`mutation { openUpload { __typename ... on Upload { id path } ${refusalFields} } }`);
}

export interface InspectedUpload {
  readonly state: string;
  readonly problem: string | null;
  readonly proposal: readonly ColumnProposal[] | null;
}

/** Waits for the proposal of column types. */
export async function inspectedUpload(custodian: ApiClient, id: string): Promise<InspectedUpload> {
  return until(
    () =>
      custodian.call<InspectedUpload>(
        'query ($id: ID!) { upload(id: $id) { state problem proposal { name type missingMarkers } } }',
        { id },
      ),
    ({ state }) => state !== 'OPEN' && state !== 'RECEIVED',
  );
}

/** Uploads, waits for the proposal and confirms it, with what is known to be public. */
export async function registerSource(
  custodian: ApiClient,
  file: string,
  description: SourceDescription,
  { subjectColumn, publicFacts = {} }: Confirmation = {},
): Promise<{ id: string; releasableColumns: string[]; contentHash: string }> {
  const upload = await openUpload(custodian);
  const response = await custodian.uploadFile(upload.path, file);
  if (!response.ok) throw new Error(`The upload was refused: ${await response.text()}`);
  const { state, problem, proposal } = await inspectedUpload(custodian, upload.id);
  if (state !== 'INSPECTED' || !proposal) throw new Error(`The upload is ${state}: ${problem ?? ''}`);
  return custodian.call(
    `mutation ($input: RegisterSourceInput!) {
       registerSource(input: $input) {
         __typename ... on Source { id releasableColumns contentHash } ${refusalFields}
       }
     }`,
    {
      input: {
        ...{ uploadId: upload.id, ...description, subjectColumn },
        columns: proposal.map((column) => ({ ...column, ...publicFacts[column.name] })),
      },
    },
  );
}

export interface ProfileAnswer {
  readonly id: string;
  readonly state: string;
  readonly hash: string | null;
  readonly problem: string | null;
}

export async function requestProfile(custodian: ApiClient, sourceId: string): Promise<{ id: string }> {
  return custodian.call(
    `mutation ($sourceId: ID!) {
       requestProfile(sourceId: $sourceId) { __typename ... on Profile { id } ${refusalFields} }
     }`,
    { sourceId },
  );
}

export function finishedProfile(reader: ApiClient, id: string): Promise<ProfileAnswer> {
  return until(
    () =>
      reader.call<ProfileAnswer>('query ($id: ID!) { profile(id: $id) { id state hash problem } }', { id }),
    ({ state }) => state !== 'RUNNING',
  );
}

export interface StatisticAnswer {
  readonly statistic: string;
  readonly reason: string;
  readonly risk: 'LOW' | 'MEDIUM' | 'HIGH';
  readonly methods: readonly string[];
  readonly control: string;
}

export function signProfile(
  approver: ApiClient,
  { id, hash }: { readonly id: string; readonly hash: string | null },
  statistics: readonly StatisticAnswer[] = [],
): Promise<ProfileAnswer> {
  return approver.call(
    `mutation ($id: ID!, $hash: String!, $statistics: [StatisticDecisionInput!]!) {
       signProfile(id: $id, hash: $hash, statistics: $statistics) {
         __typename ... on Profile { id state hash problem } ${refusalFields}
       }
     }`,
    { id, hash, statistics },
  );
}

/** Has a source summarised, and signs what came out. */
export async function signedProfile(
  custodian: ApiClient,
  approver: ApiClient,
  sourceId: string,
): Promise<ProfileAnswer> {
  const { id } = await requestProfile(custodian, sourceId);
  const { state, hash, problem } = await finishedProfile(approver, id);
  if (state !== 'READY') throw new Error(`The profile is ${state}: ${problem ?? ''}`);
  return signProfile(approver, { id, hash });
}

export interface MechanismChoice {
  readonly generator: string;
  readonly sourceId?: string;
  readonly profileId?: string;
  readonly modelId?: string;
}

export async function registerMechanism(
  operator: ApiClient,
  choice: MechanismChoice,
): Promise<{ id: string; hash: string }> {
  return operator.call(
    `mutation ($input: RegisterMechanismInput!) {
       registerMechanism(input: $input) { __typename ... on Mechanism { id hash } ${refusalFields} }
     }`,
    { input: { ...choice, permittedUses: ['RESEARCH', 'EDUCATION'] } },
  );
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
  choice: { readonly mechanismId: string; readonly seed: string },
): Promise<RequestAnswer> {
  return operator.call(
    `mutation ($id: ID!, $mechanismId: ID!, $seed: String) {
       generateCandidate(id: $id, mechanismId: $mechanismId, seed: $seed) { ${requestFields} }
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
