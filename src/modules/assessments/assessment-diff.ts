import type { AssessmentContent } from './assessment-content.js';

export interface AssessmentChange {
  /** "fact generator / Seed", "answer need.reason", "risk linkage", "questions". */
  readonly place: string;
  /** Null when it was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs from one version to the next, place by place. */
export function diffAssessments(before: AssessmentContent, after: AssessmentContent): AssessmentChange[] {
  const [then, now] = [placesOf(before), placesOf(after)];
  const places = [...new Set([...then.keys(), ...now.keys()])];
  return places.flatMap((place) => {
    const [was, is] = [then.get(place) ?? null, now.get(place) ?? null];
    return was === is ? [] : [{ place, before: was, after: is }];
  });
}

function placesOf({
  questionSet,
  policyHash,
  facts,
  answers,
  risks,
}: AssessmentContent): Map<string, string> {
  const rowText = (cells: readonly string[]): string => cells.join(' | ');
  return new Map([
    ['questions', `version ${questionSet.version}`],
    ['policy', policyHash],
    ...facts.flatMap(({ id, facts: pairs, table }): [string, string][] => [
      ...pairs.map(({ label, value }): [string, string] => [`fact ${id} / ${label}`, value]),
      ...(table?.rows ?? []).map((cells, index): [string, string] => [
        id === 'people' ? `fact people / ${index + 1}` : `fact ${id} / ${cells[0] ?? ''}`,
        rowText(cells),
      ]),
    ]),
    ...answers.map(({ question, text }): [string, string] => [`answer ${question}`, text]),
    ...risks.map(({ risk, ...judged }): [string, string] => [
      `risk ${risk}`,
      rowText([
        judged.description,
        `${judged.likelihood}, ${judged.severity}`,
        judged.measures,
        `${judged.residualLikelihood}, ${judged.residualSeverity}`,
      ]),
    ]),
  ]);
}
