import type { Block, Document } from '../../exporters/document/document.js';
import type { Question, QuestionSet } from '../questions/index.js';
import type { Answer, AssessmentContent, FactGroup, RiskJudgement } from './assessment-content.js';
import { levelOf, openPoints } from './assessment.rules.js';

export interface Signature {
  /** SHA-256 of the content. */
  readonly hash: string;
  /** ISO 8601; null while nobody has signed. */
  readonly signedAt: string | null;
  readonly isSuperseded: boolean;
}

/** The assessment as a document for people. */
export function assessmentDocument(content: AssessmentContent, signature: Signature): Document {
  const { questionSet } = content;
  const shown = new Set<string>();
  const sections = questionSet.sections.flatMap(({ id, title, questions }): Block[] => [
    { kind: 'heading', level: 2, text: title },
    ...questions.flatMap((question) => questionBlocks(question, content, shown)),
    ...(id === 'risks' ? riskBlocks(content) : []),
  ]);
  return { title: questionSet.title, blocks: [...standing(content, signature), ...sections] };
}

function standing(content: AssessmentContent, { hash, signedAt, isSuperseded }: Signature): Block[] {
  const open = openPoints(content).length;
  const state =
    signedAt === null
      ? `A draft that nobody has signed, with ${open} open ${open === 1 ? 'point' : 'points'}.`
      : `Signed at ${signedAt} by a person of the audit team who neither asked for the data nor generated them.`;
  const facts = [
    { label: 'Version', value: String(content.version) },
    { label: 'Question set', value: `version ${content.questionSet.version}` },
    { label: 'Candidate (SHA-256)', value: content.candidateHash },
    { label: 'Policy (SHA-256)', value: content.policyHash },
    { label: 'This assessment (SHA-256)', value: hash },
  ];
  return [
    { kind: 'paragraph', text: state },
    ...(isSuperseded
      ? [{ kind: 'paragraph', text: 'A later version has taken its place.' } satisfies Block]
      : []),
    { kind: 'facts', origin: 'records', title: 'This document', facts },
  ];
}

/** Evidence is shown in full where it is first needed; later questions point back to it. */
function questionBlocks(
  { id, text, help, evidence }: Question,
  { facts, answers }: AssessmentContent,
  shown: Set<string>,
): Block[] {
  const groups = facts.filter((group) => evidence.includes(group.id));
  const fresh = groups.filter((group) => !shown.has(group.id));
  const again = groups.filter((group) => shown.has(group.id));
  for (const group of fresh) shown.add(group.id);
  const pointer = `See also above: ${again.map(({ title }) => title).join('; ')}.`;
  return [
    { kind: 'heading', level: 3, text },
    { kind: 'hint', text: help },
    ...fresh.flatMap(factBlocks),
    ...(again.length === 0 ? [] : [{ kind: 'paragraph', text: pointer } satisfies Block]),
    { kind: 'statement', origin: 'person', text: answerTo(answers, id) },
  ];
}

function answerTo(answers: readonly Answer[], id: string): string {
  const text = answers.find(({ question }) => question === id)?.text.trim() ?? '';
  return text === '' ? '(not answered)' : text;
}

function factBlocks({ title, facts, table }: FactGroup): Block[] {
  return [
    ...(facts.length === 0 ? [] : [{ kind: 'facts', origin: 'records', title, facts } satisfies Block]),
    ...(table === null ? [] : [{ kind: 'table', origin: 'records', title, ...table } satisfies Block]),
  ];
}

const riskHead = ['Risk', 'What it is', 'Before the measures', 'Measures', 'What remains'];

function riskBlocks({ questionSet, risks }: AssessmentContent): Block[] {
  const judged = (id: string): boolean => risks.some(({ risk }) => risk === id);
  const unjudged = questionSet.risks.filter(({ id }) => !judged(id));
  const rows = [
    ...risks.map((risk) => riskRow(questionSet, risk)),
    ...unjudged.map(({ id, text }) => [id, text, '(not judged)', '', '(not judged)']),
  ];
  return [{ kind: 'table', origin: 'person', title: 'Risks and measures', head: riskHead, rows }];
}

function riskRow({ scale, risks }: QuestionSet, judgement: RiskJudgement): string[] {
  const { risk, description, likelihood, severity, measures, residualLikelihood, residualSeverity } =
    judgement;
  const words = (how: string, bad: string): string =>
    `${levelOf(scale, how, bad) ?? 'unknown'} (${how}, ${bad})`;
  const standard = risks.find(({ id }) => id === risk)?.text;
  return [
    risk,
    [standard, description].filter((text) => text !== undefined && text !== '').join(' '),
    words(likelihood, severity),
    measures,
    words(residualLikelihood, residualSeverity),
  ];
}
