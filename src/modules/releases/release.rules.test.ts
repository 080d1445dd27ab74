import { isReadable, type PublicationFacts, refusePublication } from './release.rules.js';

type Change = Partial<Omit<PublicationFacts, 'request'>> & { request?: Partial<PublicationFacts['request']> };

const publication = ({ request, ...change }: Change = {}): PublicationFacts => ({
  candidateHash: 'c0ffee',
  storedOutcome: 'pass',
  recordedApprovers: 1,
  approvalsNeeded: 1,
  policyHash: 'policy',
  ...change,
  request: {
    state: 'APPROVED',
    candidateHash: 'c0ffee',
    approverIds: ['ina'],
    checksOutcome: 'pass',
    checksPolicyHash: 'policy',
    ...request,
  },
});

describe('publication', () => {
  it('goes ahead when the records bear out the request', () => {
    expect(refusePublication(publication())).toBeNull();
    expect(refusePublication(publication({ storedOutcome: 'review' }))).toBeNull();
  });

  it.each<[Change, string]>([
    [{ request: { state: 'IG_REVIEW' } }, 'WRONG_STATE'],
    [{ candidateHash: 'decaf' }, 'CANDIDATE_CHANGED'],
    [{ storedOutcome: 'fail' }, 'CHECKS_NOT_PASSED'],
    [{ storedOutcome: null }, 'CHECKS_NOT_PASSED'],
    [{ request: { checksOutcome: 'fail' } }, 'CHECKS_NOT_PASSED'],
    [{ request: { approverIds: [] } }, 'INCOMPLETE'],
    [{ recordedApprovers: 0 }, 'INCOMPLETE'],
    [{ approvalsNeeded: 2, request: { approverIds: ['ina', 'ivo'] } }, 'INCOMPLETE'],
    [{ policyHash: 'newer' }, 'STALE_POLICY'],
  ])('is refused with %j: %s', (change, code) => {
    expect(refusePublication(publication(change))?.code).toBe(code);
  });

  it('is the only state in which a release is read', () => {
    expect(['DRAFT', 'APPROVED', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'SUPERSEDED'].filter(isReadable)).toEqual(
      [],
    );
    expect(isReadable('PUBLISHED')).toBe(true);
  });
});
