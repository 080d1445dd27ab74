import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { FactGroupId, QuestionSet } from '../questions/index.js';

/** Facts that were filled in from the records. Nobody edits them. */
export interface FactGroup {
  readonly id: FactGroupId;
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly table: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
  } | null;
}

/** What a person answered to one question. */
export interface Answer {
  readonly question: string;
  readonly text: string;
}

/** One risk as a person judges it, before and after the measures. */
export interface RiskJudgement {
  /** Of the question set, or a name of its own for a further risk. */
  readonly risk: string;
  readonly description: string;
  readonly likelihood: string;
  readonly severity: string;
  readonly measures: string;
  readonly residualLikelihood: string;
  readonly residualSeverity: string;
}

/** All that a signature covers. The questions are part of it, so that a signed assessment can be read on its own. */
export interface AssessmentContent {
  readonly version: number;
  readonly requestId: string;
  readonly attempt: number;
  readonly candidateHash: string;
  readonly mechanismId: string | null;
  readonly policyHash: string;
  readonly questionSet: QuestionSet;
  readonly facts: readonly FactGroup[];
  readonly answers: readonly Answer[];
  readonly risks: readonly RiskJudgement[];
}

/** SHA-256 over the content in canonical JSON. */
export function assessmentHash(content: AssessmentContent): string {
  const { version, requestId, attempt, candidateHash, mechanismId, policyHash } = content;
  const { questionSet, facts, answers, risks } = content;
  const about = { version, requestId, attempt, candidateHash, mechanismId, policyHash };
  return sha256Hex(canonicalJson({ ...about, questionSet, facts, answers, risks }));
}
