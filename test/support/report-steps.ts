import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import { until } from '../../src/commands/example/steps.js';
import type { Report } from '../../src/evaluation/report/report.js';
import { addPerson, type Cast, refusalOf } from './cast.js';
import { asLogin, asOwner, eventsOn } from './databases.js';
import type { Service } from './service.js';

interface EvaluationAnswer {
  readonly id: string;
  readonly report: { readonly hash: string } | null;
  readonly reportJob: { readonly state: string; readonly reason: string | null } | null;
}

async function evaluationOf(reader: ApiClient, requestId: string): Promise<EvaluationAnswer> {
  const { evaluation } = await reader.call<{ evaluation: EvaluationAnswer }>(
    'query ($id: ID!) { request(id: $id) { evaluation { id report { hash } reportJob { state reason } } } }',
    { id: requestId },
  );
  return evaluation;
}

function order(person: ApiClient, evaluationId: string): Promise<EvaluationAnswer> {
  return person.call(
    `mutation ($id: ID!) { orderEvidenceReport(evaluationId: $id) {
       __typename ... on Evaluation { id report { hash } reportJob { state reason } } ${refusalFields} } }`,
    { id: evaluationId },
  );
}

interface MadeReport {
  readonly evaluationId: string;
  readonly report: Report;
}

/** Ordered by the evaluator and read by information governance. */
export async function madeReport({ evaluator, approver }: Cast, requestId: string): Promise<MadeReport> {
  const { id } = await evaluationOf(evaluator, requestId);
  await order(evaluator, id);
  const { report, reportJob } = await until(
    () => evaluationOf(evaluator, requestId),
    (found) => found.report !== null || found.reportJob?.state === 'FAILED',
  );
  expect({ reason: reportJob?.reason, isMade: report !== null }).toEqual({ reason: null, isMade: true });
  const json = await approver.get(`/evaluations/${id}/report.json`);
  expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const text = await json.text();
  expect(text).not.toMatch(/NaN|Infinity|undefined/);
  const bytes = new TextEncoder().encode(text);
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  expect(hash).toBe(report?.hash);
  return { evaluationId: id, report: JSON.parse(text) as Report };
}

/** For those who judge the candidate and nobody else; as a page and as a document too; every reading is on record. */
export async function expectForJudgesOnly(
  service: Service,
  cast: Cast,
  { requestId, evaluationId }: { readonly requestId: string; readonly evaluationId: string },
): Promise<void> {
  const path = `/evaluations/${evaluationId}/report`;
  const page = await cast.evaluator.get(`${path}.html`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<h1>Evaluation of synthetic data</h1>');
  const document = await cast.approver.get(`${path}.pdf`);
  expect(document.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(await document.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  for (const person of [cast.researcher, cast.outsider, cast.operator, cast.custodian, cast.auditor]) {
    expect((await person.get(`${path}.json`)).status).toBe(403);
    expect((await refusalOf(order(person, evaluationId))).code).toBe('NOT_PERMITTED');
  }
  for (const person of [cast.researcher, cast.operator, cast.auditor])
    expect((await evaluationOf(person, requestId)).report).toBeNull();
  expect((await refusalOf(order(cast.approver, evaluationId))).code).toBe('ALREADY_DECIDED');
  await expectNotForTheirOwn(service, requestId, path);
  const change = `UPDATE evidence_report SET content = '{}' WHERE evaluation_id = $1`;
  await expect(asLogin(service.database.appUrl, change, [evaluationId])).rejects.toThrow('permission denied');
  const events = await eventsOn(service.database, evaluationId);
  expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'order-evidence-report done',
    'make-evidence-report done',
    ...new Array<string>(3).fill('export-evidence-report done'),
    'order-evidence-report refused',
    ...new Array<string>(3).fill('export-evidence-report refused'),
  ]);
}

/** A role is not enough for whoever asked for the candidate, made it or stepped back from it. */
async function expectNotForTheirOwn(service: Service, requestId: string, path: string): Promise<void> {
  const [before] = await asOwner<{ requester_id: string; operator_id: string }>(
    service.database,
    'SELECT requester_id, operator_id FROM request WHERE id = $1',
    [requestId],
  );
  const { id, client } = await addPerson(service, ['evaluator']);
  for (const [column, value] of [
    ['requester_id', before?.requester_id],
    ['operator_id', before?.operator_id],
  ] as const) {
    await asOwner(service.database, `UPDATE request SET ${column} = $2 WHERE id = $1`, [requestId, id]);
    const code = column === 'requester_id' ? 'OWN_REQUEST' : 'OPERATOR_DECIDES';
    expect(await (await client.get(`${path}.json`)).json()).toMatchObject({ code });
    await asOwner(service.database, `UPDATE request SET ${column} = $2 WHERE id = $1`, [requestId, value]);
  }
  await asOwner(service.database, 'UPDATE request SET recused_ids = ARRAY[$2::uuid] WHERE id = $1', [
    requestId,
    id,
  ]);
  const stepped = await client.get(`${path}.html`);
  expect(await stepped.json()).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
  await asOwner(service.database, "UPDATE request SET recused_ids = '{}' WHERE id = $1", [requestId]);
}
