import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signedAssessment } from '../../src/commands/example/assessment-steps.js';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import { approveRequest, until } from '../../src/commands/example/steps.js';
import { decide } from './cast.js';
import { asOwner } from './databases.js';
import type { Service } from './service.js';

export interface ModelAnswer {
  readonly id: string;
  readonly state: string;
  readonly hash: string | null;
  readonly problem: string | null;
  readonly trainRows: number | null;
  readonly holdoutRows: number | null;
}

const modelFields = 'id state hash problem trainRows holdoutRows';

export interface ModelChoice {
  readonly sourceId: string;
  readonly columns: readonly string[];
  readonly generator?: string;
  readonly parameters?: object;
}

export function requestModel(person: ApiClient, choice: ModelChoice): Promise<ModelAnswer> {
  const { sourceId, columns, generator = 'sequential-cart', parameters = {} } = choice;
  const justification = 'The course is about this measurement.';
  return person.call(
    `mutation ($input: RequestModelInput!) {
       requestModel(input: $input) { __typename ... on Model { ${modelFields} } ${refusalFields} }
     }`,
    {
      input: {
        ...{ sourceId, generator, parameters: JSON.stringify(parameters) },
        columns: columns.map((name) => ({ name, justification })),
      },
    },
  );
}

/** Waits until the worker is done with it, one way or the other. */
export function finishedModel(reader: ApiClient, id: string): Promise<ModelAnswer> {
  return until(
    () => reader.call<ModelAnswer>(`query ($id: ID!) { model(id: $id) { ${modelFields} } }`, { id }),
    ({ state }) => state !== 'RUNNING',
  );
}

export async function readyModel(person: ApiClient, choice: ModelChoice): Promise<ModelAnswer> {
  const { id } = await requestModel(person, choice);
  const model = await finishedModel(person, id);
  if (model.state !== 'READY') throw new Error(`The model is ${model.state}: ${model.problem ?? ''}`);
  return model;
}

/**
 * A copy of our policies for 285 people and a seed that nobody chooses: whether one of them weighs too much, or one column
 * is predicted too badly, is chance, and not what this story is about.
 */
export function policiesForFew(): string {
  const folder = mkdtempSync(join(tmpdir(), 'picketfence-policies-'));
  cpSync('policies', folder, { recursive: true });
  const file = join(folder, 'thresholds', 'high.json');
  const thresholds = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, object>>;
  Object.assign(thresholds['checks']?.['membership-of-chosen-people'] ?? {}, { fail: 1 });
  Object.assign(thresholds['declaredChecks']?.['lovo-relative-error'] ?? {}, { fail: 10, floor: 20 });
  writeFileSync(file, JSON.stringify(thresholds));
  return folder;
}

/** All of them approve again and again, at once, what lacks one approval: one gets through, and two people have approved. */
export async function raceForTheLast(
  service: Service,
  approvers: readonly ApiClient[],
  { id, candidateHash }: { readonly id: string; readonly candidateHash: string | null },
): Promise<void> {
  const answers = await Promise.allSettled(
    Array.from({ length: 16 }, () => approvers)
      .flat()
      .map((approver) => approveRequest(approver, id, candidateHash ?? '')),
  );
  const through = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value.state] : []));
  expect(through).toEqual(['APPROVED']);
  const approved = await asOwner<{ person_id: string }>(
    service.database,
    "SELECT person_id FROM decision WHERE request_id = $1 AND command = 'approve'",
    [id],
  );
  expect(approved).toHaveLength(2);
  expect(new Set(approved.map(({ person_id: person }) => person)).size).toBe(2);
}

/** Of its candidates, each with the reason. */
export function failedChecks(service: Service, requestId: string): Promise<object[]> {
  return asOwner(
    service.database,
    `SELECT c ->> 'name' AS name, c ->> 'explanation' AS why FROM evaluation, jsonb_array_elements(checks) AS c
     WHERE request_id = $1 AND c ->> 'status' = 'fail'`,
    [requestId],
  );
}

/** Signed, and then to be generated anew: what was signed is about another candidate. */
export async function reworked(evaluator: ApiClient, id: string): Promise<string> {
  await signedAssessment(evaluator, id);
  await decide(evaluator, 'rework', id);
  return id;
}
