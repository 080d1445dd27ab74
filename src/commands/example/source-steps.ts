import { type ApiClient, refusalFields } from './api-client.js';
import { until } from './until.js';

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
  /** JSON text. */
  readonly parameters?: string;
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
