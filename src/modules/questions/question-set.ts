/** What the evidence can fill in by itself; a question names the groups that bear on it. */
export const factGroupIds = [
  'request',
  'tier',
  'source',
  'columns',
  'generator',
  'disclosure-control',
  'checks',
  'people',
  'policy',
] as const;
export type FactGroupId = (typeof factGroupIds)[number];

export const riskLevels = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type RiskLevel = (typeof riskLevels)[number];

export interface Question {
  readonly id: string;
  readonly text: string;
  readonly help: string;
  readonly required: boolean;
  readonly evidence: readonly FactGroupId[];
}

interface QuestionSection {
  readonly id: string;
  readonly title: string;
  readonly questions: readonly Question[];
}

/** Words from small to large; `levels[likelihood][severity]` is what the two amount to. */
export interface RiskScale {
  readonly likelihood: readonly string[];
  readonly severity: readonly string[];
  readonly levels: readonly (readonly RiskLevel[])[];
}

/**
 * What a data protection impact assessment asks. The seven sections follow the steps the Information Commissioner's
 * Office describes; the words and the risks are our own.
 */
export interface QuestionSet {
  readonly version: number;
  readonly title: string;
  readonly sections: readonly QuestionSection[];
  readonly scale: RiskScale;
  /** To be assessed in every assessment. */
  readonly risks: readonly { readonly id: string; readonly text: string }[];
}

/** The set in force. */
export interface CurrentQuestions {
  readonly set: QuestionSet;
  /** SHA-256 over the set in canonical JSON: an edited set is another set, whatever its version says. */
  readonly hash: string;
}

export const QUESTIONS = Symbol('Questions');
