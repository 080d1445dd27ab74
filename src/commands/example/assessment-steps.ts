import { type ApiClient, refusalFields } from './api-client.js';

export interface AssessmentAnswer {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly hash: string;
  readonly openPoints: readonly { readonly code: string; readonly place: string }[];
}

export interface RiskAnswer {
  readonly risk: string;
  readonly description: string;
  readonly likelihood: string;
  readonly severity: string;
  readonly measures: string;
  readonly residualLikelihood: string;
  readonly residualSeverity: string;
}

const fields = `__typename ... on Assessment { id state version hash openPoints { code place } } ${refusalFields}`;

/** What an evaluator writes of the example, by the id of the question. */
export const exampleAnswers: Readonly<Record<string, string>> = {
  'need.reason':
    'A synthetic table for teaching, open to anybody. It is derived from health records, so it is assessed.',
  'processing.nature':
    'The extract stays in the real zone. One job counts each column; the generator reads those counts alone.',
  'processing.scope':
    'Measurements of cell nuclei and a diagnosis, of adults from one hospital, some thirty years ago. No names.',
  'processing.context':
    'Patients who were examined for a breast mass. The extract has been public, with consent of the hospital.',
  'processing.purposes':
    'Learners practise the preparation of data. It is not for research into the disease.',
  'consultation.patients':
    'The patient and public involvement group was shown the label and the method; it asked for plain words.',
  'consultation.experts':
    'A clinician and the data protection officer were asked. Both advised to state that relations are lost.',
  'necessity.lawful-basis':
    'Article 6(1)(e), a task in the public interest, with the condition of Article 9(2)(j) and its safeguards.',
  'necessity.alternatives':
    'The structure alone would not let learners practise on plausible values. No finer statistics were taken.',
  'necessity.quality':
    'The file name, the readme and the manifest say that the data are synthetic, and what they are not good for.',
  'necessity.rights':
    'The privacy notice names synthetic data. A record that is withdrawn leads to a new version of the source.',
  'risks.not-tested':
    'No attack on membership was run. The generator has seen nothing but rounded counts of ten people or more.',
  'measures.overall':
    'Disclosure control by policy, four different people, a signed profile, checks before release, and recall.',
  'sign-off.residual':
    'What is left is what anybody could work out from rounded counts that are fit to be published themselves.',
  'sign-off.review':
    'In a year, and at once when the source changes or an attack on such tables is published.',
};

const small = {
  ...{ description: '', likelihood: 'REMOTE', severity: 'SIGNIFICANT' },
  ...{ residualLikelihood: 'REMOTE', residualSeverity: 'SIGNIFICANT', measures: '' },
};

/** As the evaluator of the example judges the risks. */
export const exampleRisks: readonly RiskAnswer[] = [
  ...[
    'singling-out',
    'linkage',
    'attribute-inference',
    'membership',
    'differencing',
    'security',
    'trust',
  ].map((risk) => ({ ...small, risk })),
  ...['misuse', 'bias'].map((risk) => ({
    ...small,
    risk,
    likelihood: 'POSSIBLE',
    measures: 'Every file is labelled as synthetic and its limits are stated beside it.',
  })),
];

/** The draft of the request, with what the records say filled in. */
export function openAssessment(
  evaluator: ApiClient,
  requestId: string,
  forMechanism = false,
): Promise<AssessmentAnswer> {
  return evaluator.call(
    `mutation ($requestId: ID!, $forMechanism: Boolean!) {
       openAssessment(requestId: $requestId, forMechanism: $forMechanism) { ${fields} }
     }`,
    { requestId, forMechanism },
  );
}

export function answerAssessment(
  evaluator: ApiClient,
  id: string,
  answers: Readonly<Record<string, string>>,
  risks: readonly RiskAnswer[] | null = null,
): Promise<AssessmentAnswer> {
  return evaluator.call(
    `mutation ($id: ID!, $answers: [AnswerInput!]!, $risks: [RiskInput!]) {
       answerAssessment(id: $id, answers: $answers, risks: $risks) { ${fields} }
     }`,
    { id, answers: Object.entries(answers).map(([question, text]) => ({ question, text })), risks },
  );
}

export function signAssessment(
  evaluator: ApiClient,
  { id, hash }: { readonly id: string; readonly hash: string },
): Promise<AssessmentAnswer> {
  return evaluator.call(
    `mutation ($id: ID!, $hash: String!) { signAssessment(id: $id, hash: $hash) { ${fields} } }`,
    { id, hash },
  );
}

/** All of it: opened, answered as in the example, and signed. */
export async function signedAssessment(
  evaluator: ApiClient,
  requestId: string,
  forMechanism = false,
): Promise<AssessmentAnswer> {
  const { id } = await openAssessment(evaluator, requestId, forMechanism);
  const answered = await answerAssessment(evaluator, id, exampleAnswers, exampleRisks);
  return signAssessment(evaluator, answered);
}
