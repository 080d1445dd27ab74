import { join } from 'node:path';
import fc from 'fast-check';
import { exampleAnswers, exampleRisks } from '../../src/commands/example/assessment-steps.js';
import { loadQuestions } from '../../src/modules/questions/load-questions.js';
import type { RiskJudgement } from '../../src/modules/assessments/assessment-content.js';
import {
  levelOf,
  openPoints,
  refuseAnswers,
  refuseSigning,
  type SigningFacts,
} from '../../src/modules/assessments/assessment.rules.js';

const { set: questionSet } = loadQuestions(join('content', 'dpia'));
const { scale } = questionSet;
const answers = Object.entries(exampleAnswers).map(([question, text]) => ({ question, text }));
const content = { questionSet, answers, risks: exampleRisks };

const facts: SigningFacts = {
  ...{ state: 'DRAFT', hashNow: 'hash', hashRead: 'hash' },
  request: {
    state: 'EVALUATING',
    requesterId: 'ann',
    memberIds: ['mia'],
    recusedIds: ['reca'],
    operatorId: 'otto',
  },
};

const withRisk = (change: Partial<RiskJudgement>): readonly RiskJudgement[] =>
  exampleRisks.map((risk) => (risk.risk === 'linkage' ? { ...risk, ...change } : risk));

describe('signing an assessment', () => {
  it('is done when all is answered, by somebody who took no part', () => {
    expect(refuseSigning(facts, content, 'eva')).toBeNull();
  });

  it.each<[string, Partial<SigningFacts>, string, string]>([
    ['by the requester', {}, 'ann', 'OWN_REQUEST'],
    ['by a member', {}, 'mia', 'OWN_REQUEST'],
    ['by the operator', {}, 'otto', 'OPERATOR_DECIDES'],
    ['by somebody with a conflict of interest', {}, 'reca', 'CONFLICT_OF_INTEREST'],
    ['twice', { state: 'SIGNED' }, 'eva', 'WRONG_STATE'],
    ['after the endorsement', { request: { ...facts.request, state: 'IG_REVIEW' } }, 'eva', 'WRONG_STATE'],
    ['about something that was not read', { hashRead: 'older' }, 'eva', 'CANDIDATE_CHANGED'],
  ])('is refused %s', (_, change, personId, code) => {
    expect(refuseSigning({ ...facts, ...change }, content, personId)?.code).toBe(code);
  });

  it('is refused while any required question is open, and names it', () => {
    const required = questionSet.sections.flatMap(({ questions }) => questions.filter((one) => one.required));
    expect(required.length).toBeGreaterThan(10);
    for (const { id } of required) {
      const open = answers.map((answer) =>
        answer.question === id ? { ...answer, text: ' short ' } : answer,
      );
      expect(refuseSigning(facts, { ...content, answers: open }, 'eva')).toMatchObject({
        ...{ code: 'INCOMPLETE', place: id },
      });
    }
  });

  it('is refused while any risk of the set is not judged, and names it', () => {
    for (const { id } of questionSet.risks) {
      const risks = exampleRisks.filter(({ risk }) => risk !== id);
      const refused = refuseSigning(facts, { ...content, risks }, 'eva');
      expect(refused).toMatchObject({ code: 'INCOMPLETE', place: id });
    }
  });

  const measures = 'Names and exact ages are left out.';
  it.each<[string, Partial<RiskJudgement>, string | undefined]>([
    ['a medium risk without measures', { likelihood: 'POSSIBLE' }, 'INCOMPLETE'],
    ['a smaller rest without measures', { residualSeverity: 'MINIMAL' }, 'INCOMPLETE'],
    ['measures that make it worse', { residualSeverity: 'SEVERE', measures }, 'INCOMPLETE'],
    [
      'a high rest',
      {
        ...{ likelihood: 'PROBABLE', severity: 'SEVERE', measures },
        ...{ residualLikelihood: 'POSSIBLE', residualSeverity: 'SEVERE' },
      },
      'DPIA_RISK_UNMITIGATED',
    ],
    [
      'a high risk brought down',
      {
        ...{ likelihood: 'PROBABLE', severity: 'SEVERE', measures },
        ...{ residualLikelihood: 'POSSIBLE', residualSeverity: 'SIGNIFICANT' },
      },
      undefined,
    ],
  ])('with %s', (_, change, code) => {
    const refused = refuseSigning(facts, { ...content, risks: withRisk(change) }, 'eva');
    expect(refused?.code).toBe(code);
    if (refused) expect(refused.place).toBe('linkage');
  });

  it('never happens over a high residual risk, whatever else is said', () => {
    const likelihood = fc.constantFrom(...scale.likelihood);
    const severity = fc.constantFrom(...scale.severity);
    const judged = fc.record({
      ...{ likelihood, severity, residualLikelihood: likelihood, residualSeverity: severity },
      measures: fc.constantFrom('', measures),
    });
    fc.assert(
      fc.property(judged, (change) => {
        const left = levelOf(scale, change.residualLikelihood, change.residualSeverity);
        const points = openPoints({ ...content, risks: withRisk(change) });
        if (left === 'HIGH') expect(points.length).toBeGreaterThan(0);
        if (points.length === 0) expect(left).not.toBe('HIGH');
      }),
    );
  });

  it('asks for a description of a risk that is not of the set', () => {
    const own = { ...exampleRisks[0]!, risk: 'flood' };
    expect(openPoints({ ...content, risks: [...exampleRisks, own] })).toMatchObject([{ place: 'flood' }]);
  });
});

describe('a draft', () => {
  const risk = exampleRisks[0]!;
  it.each<[string, { question: string; text: string }[], RiskJudgement[], string]>([
    ['an unknown question', [{ question: 'need.money', text: 'x' }], [], 'need.money'],
    ['an endless answer', [{ question: 'need.reason', text: 'x'.repeat(8001) }], [], 'need.reason'],
    ['two answers to one question', [answers[0]!, answers[0]!], [], answers[0]!.question],
    ['a risk twice', [], [risk, risk], risk.risk],
    ['a risk without a plain name', [], [{ ...risk, risk: '<b>' }], '<b>'],
    ['words that the scale does not know', [], [{ ...risk, residualLikelihood: 'NEVER' }], risk.risk],
  ])('is not kept with %s', (_, given, risks, place) => {
    expect(refuseAnswers(questionSet, given, risks)?.place).toBe(place);
  });

  it('may be incomplete', () => {
    expect(refuseAnswers(questionSet, [{ question: 'need.reason', text: '' }], [])).toBeNull();
  });
});
