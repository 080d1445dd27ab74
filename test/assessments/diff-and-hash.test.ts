import { readFileSync } from 'node:fs';
import { exampleRisks } from '../../src/commands/example/assessment-steps.js';
import type { QuestionSet } from '../../src/modules/questions/index.js';
import { type AssessmentContent, assessmentHash } from '../../src/modules/assessments/assessment-content.js';
import { diffAssessments } from '../../src/modules/assessments/assessment-diff.js';

const questionSet = JSON.parse(readFileSync('content/dpia/questions-1.json', 'utf8')) as QuestionSet;
const first: AssessmentContent = {
  ...{ version: 1, requestId: 'r', attempt: 1, candidateHash: 'c', mechanismId: null, policyHash: 'p' },
  questionSet,
  facts: [{ id: 'tier', title: 'The tier', facts: [{ label: 'Tier', value: 'HIGH' }], table: null }],
  answers: [{ question: 'need.reason', text: 'Because.' }],
  risks: exampleRisks,
};

describe('an assessment', () => {
  it.each<[string, Partial<AssessmentContent>, string[]]>([
    ['nothing', { version: 2 }, []],
    ['an answer', { answers: [{ question: 'need.reason', text: 'As asked.' }] }, ['answer need.reason']],
    ['an answer less', { answers: [] }, ['answer need.reason']],
    [
      'a fact',
      { facts: [{ ...first.facts[0]!, facts: [{ label: 'Tier', value: 'LOW' }] }] },
      ['fact tier / Tier'],
    ],
    ['a risk', { risks: exampleRisks.slice(1) }, ['risk singling-out']],
    ['the policy', { policyHash: 'q' }, ['policy']],
    ['the questions', { questionSet: { ...questionSet, version: 2 } }, ['questions']],
  ])('differs from the next in %s', (_, change, places) => {
    expect(diffAssessments(first, { ...first, ...change }).map(({ place }) => place)).toEqual(places);
  });

  it.each(Object.keys(first) as (keyof AssessmentContent)[])('has a hash that covers its %s', (field) => {
    const other = { ...first, [field]: Array.isArray(first[field]) ? [] : null };
    const expected = first[field] === null ? 'same' : 'other';
    expect(assessmentHash(other) === assessmentHash(first) ? 'same' : 'other').toBe(expected);
  });
});
