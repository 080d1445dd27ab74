import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import { until } from '../../src/commands/example/steps.js';

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
