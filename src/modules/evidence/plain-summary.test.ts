import { aProfile } from '../../generators/testing/a-profile.js';
import type { Check } from '../../evaluation/check.js';
import type { AttemptFact, EvidenceFacts } from './evidence-facts.js';
import { plainSummary } from './plain-summary.js';

const check = (name: string, change: Partial<Check> = {}): Check => ({
  ...{ name, value: 0.9, direction: 'higher', threshold: { pass: 0.85, fail: 0.6 } },
  ...{ status: 'pass', explanation: '-' },
  ...change,
});

const anAttempt = (attempt: number, change: Partial<AttemptFact> = {}): AttemptFact => ({
  ...{ attempt, mechanismHash: 'm', seed: `s${attempt}`, isDrawn: true, reason: null },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', candidateHash: 'd', outcome: 'pass', failedChecks: [] },
  ...change,
});

const facts = (
  change: Partial<EvidenceFacts> = {},
  checks: readonly Check[] = [check('copies')],
): EvidenceFacts => ({
  request: {
    ...{ reference: 'PF-0001', title: 'Wards', purpose: 'Teach.', useCase: 'EDUCATION', tier: 'LOW' },
    ...{ rows: 100, columns: ['ward', 'age'], formats: ['csv'] },
    declaredUse: { target: null, protectedColumns: [], rules: null },
  },
  source: {
    ...{ name: 'Hospital', version: 2, citation: '-', licence: '-' },
    ...{ kind: 'EXTRACT', contentHash: 'c', rows: 1234 },
  },
  columns: [],
  profile: aProfile,
  model: null,
  mechanism: {
    ...{ hash: 'm', generator: 'independent-marginals', generatorVersion: '1.0.0', parameters: {} },
    ...{ inputHash: 'p', permittedUses: ['EDUCATION'], disclosureControl: aProfile.disclosureControl },
  },
  candidate: { hash: 'd', rows: 100, seed: 's' },
  evaluation: { outcome: 'pass', policyHash: 'x', checks, waived: [] },
  attempts: [anAttempt(1)],
  attemptsElsewhere: { made: 0, failed: 0 },
  deeds: [],
  ...change,
});

describe('the summary for information governance', () => {
  it('says what leaves, what was suppressed, what was checked and what was not', () => {
    expect(plainSummary(facts())).toBe(
      'What leaves is a synthetic dataset of 100 rows and 2 columns, drawn by independent-marginals 1.0.0 for ' +
        '"Wards", after "Hospital" version 2, which holds 1,234 real records. The generator was given counts over ' +
        'one column at a time, signed for release, and never a record. In the statistics, nothing rests on fewer ' +
        'than 10 records; counts are rounded to multiples of 5; withheld altogether: nhs number; rare categories ' +
        'were pooled in 1 column; 1 small number of missing values was suppressed. 1 check ran against the policy: ' +
        'copies. All passed. Not measured by any check: rows that lie too near to a real record; singling ' +
        'somebody out; linking rows with other data; inferring an attribute of a person; telling whose record was ' +
        'in the extract; relations between columns; fairness between groups of people.',
    );
  });

  it('does not call measured what did not run, failed or was let pass', () => {
    const checks = [
      check('membership-attack', { value: null, status: 'fail' }),
      check('copies', { value: 0.5, status: 'fail' }),
      check('correlation', { value: 0.7, status: 'review' }),
    ];
    const evaluation = { outcome: 'fail', policyHash: 'x', checks, waived: ['copies'] } as const;
    const summary = plainSummary(facts({ evaluation }));
    expect(summary).toContain(
      'Failed: membership-attack, which did not run; copies at 0.5 where 0.85 passes.',
    );
    expect(summary).toContain('To be judged by a person: correlation at 0.7 where 0.85 passes.');
    expect(summary).toContain('Let pass by people of the audit team: copies.');
    expect(summary).toMatch(/Not measured by any check:.*telling whose record was in the extract/);
    expect(summary).not.toContain('All passed');
  });

  it('says how often it was tried, and what came of it', () => {
    const attempts = [
      anAttempt(1, { outcome: 'fail', failedChecks: ['copies', 'membership-attack'] }),
      anAttempt(2, { candidateHash: null, outcome: null }),
      anAttempt(3),
      anAttempt(4),
    ];
    const summary = plainSummary(facts({ attempts, attemptsElsewhere: { made: 3, failed: 2 } }));
    expect(summary).toContain(
      'It took 4 attempts: the candidate of attempt 1 failed copies, membership-attack; attempt 2 made no ' +
        'candidate; the candidate of attempt 3 did not fail and was discarded. The same mechanism made 3 candidates ' +
        'for other requests, of which 2 failed.',
    );
    expect(plainSummary(facts())).not.toContain('attempt');
  });

  it('says of tier HIGH that the records themselves were learned from', () => {
    const { request } = facts();
    const model = {
      ...{ hash: 'f', trainRows: 617, holdoutRows: 617 },
      columns: [{ name: 'age', justification: 'Needed.' }],
    };
    const summary = plainSummary(facts({ request: { ...request, tier: 'HIGH' }, profile: null, model }));
    expect(summary).toContain('The generator was fitted on the real records themselves.');
    expect(summary).toContain('It learned 1 column from 617 records; 617 were kept back');
    expect(summary).not.toContain('nothing rests on fewer than');
  });

  it('stays one paragraph, whatever the titles are', () => {
    const { request } = facts();
    expect(plainSummary(facts({ request: { ...request, title: 'a\n\n# b\u2028c' } }))).not.toMatch(
      /[\n\u2028]/,
    );
  });
});
