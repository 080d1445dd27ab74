import * as steps from '../../src/commands/example/steps.js';
import { proposedSummary } from '../../src/commands/example/endorsement-texts.js';
import {
  type Cast,
  decide,
  evaluatedRequest,
  expectRefusedAndRecorded,
  type Prepared,
  prepareSource,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
afterAll(() => service.stop());

const form = {
  title: 'Ward planning',
  purpose: 'Teach how wards are planned, with data of nobody.',
  rows: 50,
};

async function submitted(): Promise<string> {
  const { id } = await steps.draftRequest(cast.researcher, prepared.sourceId, {
    ...form,
    columns: prepared.columns.slice(0, 3),
  });
  await steps.submitRequest(cast.researcher, id);
  return id;
}

it('an agreement says why the request can be met and what it is good for', async () => {
  const id = await submitted();
  for (const field of ['feasibility', 'impact'] as const) {
    const act = (): Promise<unknown> => steps.agreeRequest(cast.operator, id, { [field]: 'short' });
    expect((await refusalOf(act())).place).toBe(field);
    await expectRefusedAndRecorded(service, { requestId: id, command: 'agree', code: 'INCOMPLETE' }, act);
  }
  await steps.agreeRequest(cast.operator, id, { impact: 'Fifty learners a term practise with it.' });
  const { decisions } = await cast.researcher.call<{ decisions: object[] }>(
    'query ($id: ID!) { request(id: $id) { decisions { command agreement { feasibility impact } } } }',
    { id },
  );
  expect(decisions).toEqual([
    {
      command: 'agree',
      agreement: {
        feasibility: 'The signed profile has every column that is asked for.',
        impact: 'Fifty learners a term practise with it.',
      },
    },
  ]);
});

it('a form that is submitted again is kept with what changed', async () => {
  const id = await submitted();
  await decide(cast.evaluator, 'return', id);
  const input = {
    ...{ ...form, columns: prepared.columns.slice(0, 2), rows: 60, formats: ['csv'] },
    ...{ useCase: 'RESEARCH', tier: 'LOW', sourceId: prepared.sourceId, declarations: steps.allDeclared },
  };
  await cast.researcher.call(
    'mutation ($id: ID!, $input: RequestInput!) { editRequest(id: $id, input: $input) { __typename } }',
    { id, input },
  );
  await cast.researcher.call('mutation ($id: ID!) { resubmitRequest(id: $id) { __typename } }', { id });
  const asked =
    'query ($id: ID!) { request(id: $id) { revisions { revision changes { field before after } } } }';
  const first3 = JSON.stringify(prepared.columns.slice(0, 3));
  expect(await cast.operator.call(asked, { id })).toEqual({
    revisions: [
      { revision: 1, changes: [] },
      {
        revision: 2,
        changes: [
          { field: 'columns', before: first3, after: JSON.stringify(prepared.columns.slice(0, 2)) },
          { field: 'rows', before: '50', after: '60' },
        ],
      },
    ],
  });
});

it('an endorsement is in words, and information governance reads the summary and what it was made from', async () => {
  const { id, candidateHash } = await evaluatedRequest(cast, prepared);
  for (const field of ['privacy', 'bias', 'releaseNotes', 'limitations', 'summary'] as const) {
    const act = (): Promise<unknown> =>
      steps.endorseRequest(cast.evaluator, id, candidateHash, { [field]: ' ' });
    expect((await refusalOf(act())).place).toBe(field);
    await expectRefusedAndRecorded(service, { requestId: id, command: 'endorse', code: 'INCOMPLETE' }, act);
  }
  const proposed = (await proposedSummary(cast.evaluator, id)) ?? '';
  expect(proposed).toContain('What leaves is a synthetic dataset of 100 rows and 31 columns');
  expect(proposed).toContain('nothing rests on fewer than 10 records');
  expect(proposed).toContain('withheld altogether: id');
  expect(proposed).toContain('All passed.');
  expect(proposed).toContain('Not measured by any check:');
  expect(proposed).toContain('telling whose record was in the extract');
  expect(proposed).not.toContain('\n');
  expect(await proposedSummary(cast.researcher, id)).toBeNull();
  const summary = 'Nothing but counts was seen; nobody is in it.';
  await steps.endorseRequest(cast.evaluator, id, candidateHash, { summary });
  const asked = `query ($id: ID!) { request(id: $id) { endorsement { summary generatedSummary limitations } } }`;
  const { endorsement } = await cast.approver.call<{ endorsement: Record<string, string> }>(asked, { id });
  expect(endorsement).toMatchObject({ summary, generatedSummary: proposed });
  expect(endorsement['limitations']).toContain('chance');
  await decide(cast.approver, 'query', id);
  expect(await cast.approver.call(asked, { id })).toEqual({ endorsement: null });
});
