import { requireSound } from '../../core/states/transition-table.js';
import { incidentTable, suspendsAtOnce } from './incident.state.js';
import { type ReinstatementFacts, refuseReinstatement } from './oversight.rules.js';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
const facts: ReinstatementFacts = {
  reporterIds: ['rae'],
  openIncidents: 0,
  mechanismState: 'APPROVED',
  suspendedAt: at(2),
  policyHash: 'policy',
  evaluation: { outcome: 'pass', policyHash: 'policy', begunAt: at(3) },
};

describe('a reinstatement', () => {
  it('goes ahead after fresh checks and with every incident closed', () => {
    expect(refuseReinstatement(facts, 'ivo')).toBeNull();
    const review = { outcome: 'review', policyHash: 'policy', begunAt: at(3) };
    expect(refuseReinstatement({ ...facts, evaluation: review }, 'ivo')).toBeNull();
  });

  it('is not asked for by whoever reported what it was suspended for', () => {
    expect(refuseReinstatement(facts, 'rae')?.code).toBe('OWN_REPORT');
  });

  it.each<[Partial<ReinstatementFacts>, string]>([
    [{ openIncidents: 1 }, 'INCIDENT_OPEN'],
    [{ mechanismState: 'SUSPENDED' }, 'MECHANISM_MISMATCH'],
    [{ evaluation: null }, 'CHECKS_NOT_PASSED'],
    [{ evaluation: { outcome: 'pass', policyHash: 'policy', begunAt: at(1) } }, 'CHECKS_NOT_PASSED'],
    [{ evaluation: { outcome: 'pass', policyHash: 'policy', begunAt: at(2) } }, 'CHECKS_NOT_PASSED'],
    [{ evaluation: { outcome: 'fail', policyHash: 'policy', begunAt: at(3) } }, 'CHECKS_NOT_PASSED'],
    [{ evaluation: { outcome: 'pass', policyHash: 'older', begunAt: at(3) } }, 'STALE_POLICY'],
    [{ suspendedAt: null }, 'CHECKS_NOT_PASSED'],
  ])('is refused with %j: %s', (change, code) => {
    expect(refuseReinstatement({ ...facts, ...change }, 'ivo')?.code).toBe(code);
  });
});

describe('an incident', () => {
  it('has sound transitions', () => {
    expect(() => {
      requireSound(incidentTable);
    }).not.toThrow();
  });

  it.each([
    ['LOW', 'MEDIUM', false],
    ['MEDIUM', 'MEDIUM', true],
    ['HIGH', 'MEDIUM', true],
    ['LOW', 'LOW', true],
  ] as const)('of severity %s, where %s stops a release: %s', (severity, from, expected) => {
    expect(suspendsAtOnce(severity, from)).toBe(expected);
  });
});
