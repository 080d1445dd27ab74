import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import type { QuestionSet, RiskLevel, RiskScale } from '../questions/index.js';
import {
  type Answer,
  type AssessmentContent,
  assessmentHash,
  type RiskJudgement,
} from './assessment-content.js';

const answerLengthMin = 20;
const answerLengthMax = 8_000;
const risksMax = 50;

/** What a likelihood and a severity amount to; null when the scale does not know the words. */
export function levelOf(scale: RiskScale, likelihood: string, severity: string): RiskLevel | null {
  const [row, column] = [scale.likelihood.indexOf(likelihood), scale.severity.indexOf(severity)];
  return scale.levels[row]?.[column] ?? null;
}

/** What may be kept in a draft: answers to questions there are, risks in words of the scale. */
export function refuseAnswers(
  set: QuestionSet,
  answers: readonly Answer[],
  risks: readonly RiskJudgement[],
): Refusal | null {
  const asked = set.sections.flatMap(({ questions }) => questions.map(({ id }) => id));
  const unknown = answers.find(({ question }) => !asked.includes(question));
  if (unknown) return refusal('NOT_FOUND', `There is no question "${unknown.question}".`, unknown.question);
  const long = answers.find(({ text }) => text.length > answerLengthMax);
  if (long) {
    return refusal('INCOMPLETE', `An answer has at most ${answerLengthMax} characters.`, long.question);
  }
  return refuseRepeats(answers, risks) ?? refuseRisks(set, risks);
}

function refuseRepeats(answers: readonly Answer[], risks: readonly RiskJudgement[]): Refusal | null {
  const names = [...answers.map(({ question }) => question), ...risks.map(({ risk }) => risk)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? null : refusal('INCOMPLETE', `"${twice}" is answered twice.`, twice);
}

function refuseRisks({ scale }: QuestionSet, risks: readonly RiskJudgement[]): Refusal | null {
  if (risks.length > risksMax) {
    return refusal('INCOMPLETE', `An assessment has at most ${risksMax} risks.`, 'risks');
  }
  for (const { risk, description, measures, ...judged } of risks) {
    if (!/^[a-z][a-z0-9-]{1,59}$/.test(risk)) {
      return refusal('INCOMPLETE', 'A risk has a short name of a-z, 0-9 and hyphens.', risk);
    }
    if (Math.max(description.length, measures.length) > answerLengthMax) {
      return refusal('INCOMPLETE', `A text has at most ${answerLengthMax} characters.`, risk);
    }
    const isKnown =
      levelOf(scale, judged.likelihood, judged.severity) !== null &&
      levelOf(scale, judged.residualLikelihood, judged.residualSeverity) !== null;
    if (!isKnown) {
      const words = `${scale.likelihood.join(', ')}; ${scale.severity.join(', ')}`;
      return refusal('INCOMPLETE', `Judge the risk "${risk}" in the words of the scale: ${words}.`, risk);
    }
  }
  return null;
}

/** Everything that still keeps the assessment from being signed, in the order of the document. */
export function openPoints(content: Pick<AssessmentContent, 'questionSet' | 'answers' | 'risks'>): Refusal[] {
  const { questionSet, answers, risks } = content;
  const unanswered = questionSet.sections
    .flatMap(({ questions }) => questions)
    .filter(({ id, required }) => required && !isAnswered(answers, id))
    .map(({ id, text }) =>
      refusal('INCOMPLETE', `Answer "${text}" in at least ${answerLengthMin} characters.`, id),
    );
  const unjudged = questionSet.risks
    .filter(({ id }) => !risks.some(({ risk }) => risk === id))
    .map(({ id, text }) => refusal('INCOMPLETE', `Judge the risk "${id}": ${text}`, id));
  return [...unanswered, ...unjudged, ...risks.flatMap((risk) => riskPoints(questionSet, risk))];
}

function isAnswered(answers: readonly Answer[], id: string): boolean {
  const text = answers.find(({ question }) => question === id)?.text ?? '';
  return text.trim().length >= answerLengthMin;
}

function riskPoints({ scale, risks: standard }: QuestionSet, judgement: RiskJudgement): Refusal[] {
  const { risk, description, likelihood, severity, measures, residualLikelihood, residualSeverity } =
    judgement;
  if (!standard.some(({ id }) => id === risk) && description.trim().length < answerLengthMin) {
    return [refusal('INCOMPLETE', `Describe the risk "${risk}".`, risk)];
  }
  const worse =
    scale.likelihood.indexOf(residualLikelihood) > scale.likelihood.indexOf(likelihood) ||
    scale.severity.indexOf(residualSeverity) > scale.severity.indexOf(severity);
  if (worse) {
    return [refusal('INCOMPLETE', `Measures do not make a risk greater, as they seem to "${risk}".`, risk)];
  }
  const isReduced = likelihood !== residualLikelihood || severity !== residualSeverity;
  const isSmall = levelOf(scale, likelihood, severity) === 'LOW';
  if ((isReduced || !isSmall) && measures.trim().length < answerLengthMin) {
    return [refusal('INCOMPLETE', `Say which measures are taken against "${risk}".`, risk)];
  }
  const left = levelOf(scale, residualLikelihood, residualSeverity);
  if (left === 'LOW' || left === 'MEDIUM') return [];
  const message = `The risk "${risk}" stays high after the measures; it is not signed away.`;
  return [refusal('DPIA_RISK_UNMITIGATED', message, risk)];
}

export interface SigningFacts {
  readonly state: 'DRAFT' | 'SIGNED';
  /** Of the content the records give now, and of what the signer read. */
  readonly hashNow: string;
  readonly hashRead: string;
  readonly request: {
    readonly state: string;
    readonly requesterId: string;
    readonly memberIds: readonly string[];
    readonly operatorId: string | null;
    readonly recusedIds: readonly string[];
  };
}

/** May this person put their name to it? */
export function refuseSigning(
  facts: SigningFacts,
  content: Pick<AssessmentContent, 'questionSet' | 'answers' | 'risks'>,
  personId: string,
): Refusal | null {
  const { request } = facts;
  return (
    refuseWriting(facts) ??
    refuseWriter(request, personId) ??
    (facts.hashNow === facts.hashRead
      ? null
      : refusal('CANDIDATE_CHANGED', 'This is not the assessment you read; open it again.', 'hash')) ??
    openPoints(content)[0] ??
    null
  );
}

/** An assessment is written while its candidate is evaluated: what others rest their verdict on does not move. */
export function refuseWriting(facts: Pick<SigningFacts, 'state' | 'request'>): Refusal | null {
  if (facts.state === 'SIGNED') {
    return refusal('WRONG_STATE', 'A signed assessment is not changed; open a new version.');
  }
  if (facts.request.state === 'EVALUATING') return null;
  return refusal(
    'WRONG_STATE',
    `An assessment is written while the request is EVALUATING, not ${facts.request.state}.`,
  );
}

export function refuseWriter(request: SigningFacts['request'], personId: string): Refusal | null {
  if ([request.requesterId, ...request.memberIds].includes(personId)) {
    return refusal('OWN_REQUEST', 'This is your own request; somebody else has to assess it.');
  }
  if (personId === request.operatorId) {
    return refusal('OPERATOR_DECIDES', 'You ran the generation; somebody else has to assess it.');
  }
  if (request.recusedIds.includes(personId)) {
    return refusal(
      'CONFLICT_OF_INTEREST',
      'You declared a conflict of interest; somebody else has to assess it.',
    );
  }
  return null;
}

/** Whoever read something else writes over what another person wrote since. */
export function refuseStale(
  { content }: { readonly content: AssessmentContent },
  hashRead: string | null,
): Refusal | null {
  if (hashRead === null || hashRead === assessmentHash(content)) return null;
  return refusal('STALE', 'The assessment says something else since you read it.', 'hash');
}
