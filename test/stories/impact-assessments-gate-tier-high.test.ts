import { refusalFields } from '../../src/commands/example/api-client.js';
import * as assess from '../../src/commands/example/assessment-steps.js';
import * as steps from '../../src/commands/example/steps.js';
import {
  addPerson,
  type Cast,
  copyOf,
  evaluatedRequest,
  expectRefusedAndRecorded,
  prepareSource,
  refusalOf,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { asLogin, asOwner, eventsOn } from '../support/databases.js';
import { expectForJudgesOnly, madeReport } from '../support/report-steps.js';
import { withChecksOfHigh } from '../support/access-steps.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let another: Somebody;
let evaluated: { id: string; candidateHash: string };
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  another = await addPerson(service, ['ig-approver']);
  evaluated = await evaluatedRequest(cast, await prepareSource(cast));
});
afterAll(() => service.stop());

/** What the rules of tier HIGH say does not depend on how the candidate was made. */
async function highRequest(): Promise<{ id: string; candidateHash: string }> {
  const copy = await copyOf(service, evaluated);
  await asOwner(service.database, "UPDATE request SET tier = 'HIGH' WHERE id = $1", [copy.id]);
  await withChecksOfHigh(service, copy.id);
  return copy;
}

const answered = async (requestId: string): Promise<assess.AssessmentAnswer> => {
  const { id } = await assess.openAssessment(cast.evaluator, requestId);
  return assess.answerAssessment(cast.evaluator, id, assess.exampleAnswers, assess.exampleRisks);
};

const endorse = (id: string): Promise<steps.RequestAnswer> =>
  steps.endorseRequest(cast.evaluator, id, evaluated.candidateHash);

it('a candidate of tier HIGH is not endorsed without one, and is released with its hash in the evidence', async () => {
  const { id, candidateHash } = await highRequest();
  const attempt = { requestId: id, command: 'endorse', code: 'DPIA_MISSING' };
  await expectRefusedAndRecorded(service, attempt, () => endorse(id));
  const draft = await answered(id);
  expect(draft).toMatchObject({ state: 'DRAFT', openPoints: [] });
  await expectRefusedAndRecorded(service, attempt, () => endorse(id));
  const signed = await assess.signAssessment(cast.evaluator, draft);
  expect(signed).toMatchObject({ state: 'SIGNED', version: 1, hash: draft.hash });
  expect((await endorse(id)).state).toBe('IG_REVIEW');
  await steps.approveRequest(cast.approver, id, candidateHash);
  await steps.approveRequest(another.client, id, candidateHash);
  await steps.requestIn(cast.auditor, id, ['PUBLISHED', 'SUSPENDED']);
  const { release, evidence } = await cast.auditor.call<{
    release: object | null;
    evidence: { content: string; hash: string };
  }>('query ($id: ID!) { request(id: $id) { release { id } evidence { content hash } } }', { id });
  expect(release).toBeNull();
  expect(JSON.parse(evidence.content)).toMatchObject({
    tier: 'HIGH',
    candidateHash,
    assessment: { id: signed.id, hash: signed.hash, candidateHash },
    endorsement: { texts: { limitations: expect.stringContaining('chance') as string } },
    approvals: [{}, {}],
  });
  const sealed = await asOwner<{ details: object }>(
    service.database,
    "SELECT details FROM audit_event WHERE action = 'seal-evidence' ORDER BY sequence DESC LIMIT 1",
  );
  expect(sealed[0]?.details).toEqual({ hash: evidence.hash, assessment: signed.hash });
});

it.each([
  ['another candidate', `jsonb_set(assessment, '{candidateHash}', '"c0ffee"')`],
  ['other questions', `jsonb_set(assessment, '{questionsHash}', '"older"')`],
  ['another policy', `jsonb_set(assessment, '{policyHash}', '"older"')`],
  ['nothing', 'NULL'],
])('one that is about %s does not count, for endorsing', async (_, changed) => {
  const { id } = await highRequest();
  await assess.signAssessment(cast.evaluator, await answered(id));
  await asOwner(service.database, `UPDATE request SET assessment = ${changed} WHERE id = $1`, [id]);
  await expectRefusedAndRecorded(service, { requestId: id, command: 'endorse', code: 'DPIA_MISSING' }, () =>
    endorse(id),
  );
});

it('one that goes missing between the endorsement and the publication stops both', async () => {
  const { id, candidateHash } = await highRequest();
  const signed = await assess.signAssessment(cast.evaluator, await answered(id));
  await endorse(id);
  await asOwner(
    service.database,
    'UPDATE request SET assessment = assessment || \'{"policyHash": "x"}\' WHERE id = $1',
    [id],
  );
  await expectRefusedAndRecorded(service, { requestId: id, command: 'approve', code: 'DPIA_MISSING' }, () =>
    steps.approveRequest(cast.approver, id, candidateHash),
  );
  const restore = `UPDATE request SET assessment = assessment || jsonb_build_object('policyHash', policy_hash) WHERE id = $1`;
  await asOwner(service.database, restore, [id]);
  await steps.approveRequest(cast.approver, id, candidateHash);
  await service.worker.stop();
  await steps.approveRequest(another.client, id, candidateHash);
  // The request says what it said; the assessment it rests on says something else by now.
  await asOwner(service.database, 'ALTER TABLE assessment DISABLE TRIGGER assessment_stays');
  await asOwner(service.database, "UPDATE assessment SET answers = '[]' WHERE id = $1", [signed.id]);
  await asOwner(service.database, 'ALTER TABLE assessment ENABLE TRIGGER assessment_stays');
  service.worker.start();
  await steps.requestIn(cast.auditor, id, ['IG_REVIEW', 'PUBLISHED']);
  expect((await eventsOn(service.database, id)).slice(-2)).toMatchObject([
    { action: 'publish-request', outcome: 'refused', details: { refusal: { code: 'DPIA_MISSING' } } },
    { action: 'stale-request', outcome: 'done' },
  ]);
});

it('is signed by nobody who took part, about nothing but what was read, and with no high risk left', async () => {
  const { id } = await highRequest();
  const { id: draftId } = await assess.openAssessment(cast.evaluator, id);
  const unanswered = await refusalOf(
    assess.signAssessment(cast.evaluator, await assess.openAssessment(cast.evaluator, id)),
  );
  expect([unanswered.code, unanswered.place]).toEqual(['INCOMPLETE', 'need.reason']);
  const severe = { likelihood: 'PROBABLE', severity: 'SEVERE' };
  const left = {
    residualLikelihood: 'POSSIBLE',
    residualSeverity: 'SEVERE',
    measures: 'Names are not in it, and no ages.',
  };
  const risks = assess.exampleRisks.map((risk) =>
    risk.risk === 'linkage' ? { ...risk, ...severe, ...left } : risk,
  );
  const risky = await assess.answerAssessment(cast.evaluator, draftId, assess.exampleAnswers, risks);
  const unmitigated = await refusalOf(assess.signAssessment(cast.evaluator, risky));
  expect([unmitigated.code, unmitigated.place]).toEqual(['DPIA_RISK_UNMITIGATED', 'linkage']);
  const ready = await assess.answerAssessment(cast.evaluator, draftId, {}, assess.exampleRisks);
  expect((await refusalOf(assess.signAssessment(cast.evaluator, { ...ready, hash: risky.hash }))).code).toBe(
    'CANDIDATE_CHANGED',
  );
  for (const role of ['operator', 'requester'] as const) {
    const both = await addPerson(service, ['evaluator', role === 'operator' ? 'operator' : 'researcher']);
    await asOwner(service.database, `UPDATE request SET ${role}_id = $2 WHERE id = $1`, [id, both.id]);
    const code = role === 'operator' ? 'OPERATOR_DECIDES' : 'OWN_REQUEST';
    expect((await refusalOf(assess.signAssessment(both.client, ready))).code).toBe(code);
    expect((await refusalOf(assess.openAssessment(both.client, id))).code).toBe(code);
  }
  for (const person of [cast.operator, cast.approver, cast.auditor, cast.researcher]) {
    expect((await refusalOf(assess.signAssessment(person, ready))).code).toBe('NOT_PERMITTED');
  }
  expect((await assess.signAssessment(cast.evaluator, ready)).state).toBe('SIGNED');
});

it('stays as it was signed; what is to change is a new version that says what it changes', async () => {
  const { id } = await copyOf(service, evaluated);
  const first = await assess.signedAssessment(cast.evaluator, id);
  expect((await refusalOf(assess.answerAssessment(cast.evaluator, first.id, {}))).code).toBe('WRONG_STATE');
  expect((await refusalOf(assess.signAssessment(cast.evaluator, first))).code).toBe('WRONG_STATE');
  for (const statement of ["UPDATE assessment SET answers = '[]'", 'DELETE FROM assessment']) {
    await expect(asOwner(service.database, `${statement} WHERE id = $1`, [first.id])).rejects.toThrow(
      'never changed',
    );
  }
  await expect(asLogin(service.database.appUrl, 'DELETE FROM assessment')).rejects.toThrow(
    'permission denied',
  );
  const second = await assess.openAssessment(cast.evaluator, id);
  expect(second).toMatchObject({ version: 2, state: 'DRAFT', openPoints: [] });
  const text = 'In half a year, as an attack on such tables was announced.';
  const changed = await assess.answerAssessment(cast.evaluator, second.id, { 'sign-off.review': text });
  await assess.signAssessment(cast.evaluator, changed);
  const seen = 'query ($id: ID!) { assessment(id: $id) { isSuperseded changes { place before after } } }';
  expect(await cast.auditor.call(seen, { id: first.id })).toEqual({ isSuperseded: true, changes: [] });
  expect(await cast.approver.call(seen, { id: second.id })).toEqual({
    isSuperseded: false,
    changes: [
      { place: 'answer sign-off.review', before: assess.exampleAnswers['sign-off.review'], after: text },
    ],
  });
  expect((await eventsOn(service.database, second.id)).map(({ action }) => action)).toEqual([
    'open-assessment',
    'answer-assessment',
    'sign-assessment',
  ]);
});

it('is exported as a document for those who may read it, in which no text acts', async () => {
  const { id } = await copyOf(service, evaluated);
  const attack = '<script>alert(1)</script> "><img src=x onerror=alert(1)>';
  await asOwner(service.database, 'UPDATE request SET title = $2 WHERE id = $1', [id, attack]);
  const draft = await assess.openAssessment(cast.evaluator, id);
  await assess.answerAssessment(cast.evaluator, draft.id, { 'need.reason': attack }, [
    { ...assess.exampleRisks[0]!, description: attack, measures: attack },
  ]);
  const page = await cast.approver.get(`/assessments/${draft.id}/document.html`);
  const html = await page.text();
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(4);
  expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
  expect(html).toContain('exact-copies-above-chance');
  expect(html).toContain('independent-marginals 1.0.0');
  expect(html).toContain(evaluated.candidateHash);
  const markdown = await (await cast.auditor.get(`/assessments/${draft.id}/document.md`)).text();
  expect(markdown).toContain('&lt;script&gt;');
  expect(markdown).not.toContain('<script');
  const refused = await Promise.all(
    [cast.researcher, cast.outsider, cast.custodian].map((person) =>
      person.get(`/assessments/${draft.id}/document.html`),
    ),
  );
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
  const list = 'query ($id: ID!) { request(id: $id) { assessments { id } } }';
  expect(await cast.researcher.call(list, { id })).toEqual({ assessments: [] });
  expect(await cast.operator.call(list, { id })).toEqual({ assessments: [{ id: draft.id }] });
  expect(
    (await eventsOn(service.database, draft.id)).filter(({ action }) => action === 'export-assessment'),
  ).toHaveLength(2);
});

it('what the evaluation found in full is made when a judge asks for it, and read by judges alone', async () => {
  const { id } = await copyOf(service, evaluated);
  const { evaluationId, report } = await madeReport(cast, id);
  const inReport = new Map(report.figures.map(({ name, status }) => [name, status]));
  expect(inReport.get('exact-copies-above-chance')).toBe('pass');
  expect(inReport.get('column-shapes')).toBeDefined();
  expect(report.columns.length).toBeGreaterThan(3);
  expect(report.controls.map(({ control }) => control)).toContain('independent columns');
  expect(report.notTested.map(({ what }) => what)).toContain('Memorising of training records');
  expect(report.verdict.plainWords[0]).toContain('never a record');
  await expectForJudgesOnly(service, cast, { requestId: id, evaluationId });
});

it('speaks for a mechanism as well, below tier HIGH', async () => {
  const [one, other, high] = [
    await copyOf(service, evaluated),
    await copyOf(service, evaluated),
    await highRequest(),
  ];
  const { id } = await assess.signedAssessment(cast.evaluator, one.id, true);
  const list = 'query ($id: ID!) { request(id: $id) { assessments { id mechanismId } } }';
  const { assessments } = await cast.approver.call<{ assessments: object[] }>(list, { id: other.id });
  expect(assessments).toContainEqual(expect.objectContaining({ id }));
  expect((await refusalOf(assess.openAssessment(cast.evaluator, high.id, true))).place).toBe('forMechanism');
  const unknown = await refusalOf(
    cast.evaluator
      .call(`mutation { openAssessment(requestId: "${'0'.repeat(8)}-0000-4000-8000-000000000000") {
      __typename ... on Assessment { id } ${refusalFields} } }`),
  );
  expect(unknown.code).toBe('NOT_FOUND');
});
