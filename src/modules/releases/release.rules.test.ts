import { type PublicationFacts, refusePublication } from './release.rules.js';

type Change = Partial<Omit<PublicationFacts, 'request'>> & { request?: Partial<PublicationFacts['request']> };

const publication = ({ request, ...change }: Change = {}): PublicationFacts => ({
  candidateHash: 'c0ffee',
  storedOutcome: 'pass',
  checksAreFresh: true,
  recordedApprovers: 1,
  approvalsNeeded: 1,
  standing: null,
  isDoubted: false,
  policyHash: 'policy',
  assessmentRefusal: null,
  ...change,
  request: {
    state: 'APPROVED',
    candidateHash: 'c0ffee',
    approverIds: ['ina'],
    checksOutcome: 'pass',
    checksPolicyHash: 'policy',
    requesterId: 'ann',
    memberIds: ['mia'],
    operatorId: 'otto',
    endorserIds: ['eda'],
    waiverIds: ['wim'],
    recusedIds: ['rex'],
    evaluatorId: 'eva',
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
    [{ assessmentRefusal: { code: 'DPIA_MISSING', message: 'none' } }, 'DPIA_MISSING'],
    [{ candidateHash: 'decaf' }, 'CANDIDATE_CHANGED'],
    [{ storedOutcome: 'fail' }, 'CHECKS_NOT_PASSED'],
    [{ storedOutcome: null }, 'CHECKS_NOT_PASSED'],
    [{ checksAreFresh: false }, 'CHECKS_NOT_PASSED'],
    [{ request: { checksOutcome: 'fail' } }, 'CHECKS_NOT_PASSED'],
    [{ request: { approverIds: [] } }, 'INCOMPLETE'],
    [{ recordedApprovers: 0 }, 'INCOMPLETE'],
    [{ approvalsNeeded: 2, request: { approverIds: ['ina', 'ivo'] } }, 'INCOMPLETE'],
    [{ policyHash: 'newer' }, 'STALE_POLICY'],
  ])('is refused with %j: %s', (change, code) => {
    expect(refusePublication(publication(change))?.code).toBe(code);
  });

  const unapproved = { approverIds: [] };

  it('goes ahead on the standing approval of its mechanism, by somebody without a part in the request', () => {
    const standing = { state: 'APPROVED', approvedById: 'ina', approvalPolicyHash: 'policy' };
    expect(
      refusePublication(publication({ request: unapproved, recordedApprovers: 0, standing })),
    ).toBeNull();
    const doubted = publication({ request: unapproved, recordedApprovers: 0, standing, isDoubted: true });
    expect(refusePublication(doubted)?.code).toBe('INCOMPLETE');
    const older = { ...standing, approvalPolicyHash: 'older' };
    const stale = publication({ request: unapproved, recordedApprovers: 0, standing: older });
    expect(refusePublication(stale)?.code).toBe('INCOMPLETE');
  });

  it.each([
    { state: 'REVIEW_DUE', approvedById: 'ina' },
    { state: 'SUSPENDED', approvedById: 'ina' },
    { state: 'APPROVED', approvedById: null },
    { state: 'APPROVED', approvedById: 'ann' },
    { state: 'APPROVED', approvedById: 'mia' },
    { state: 'APPROVED', approvedById: 'otto' },
    { state: 'APPROVED', approvedById: 'eva' },
    { state: 'APPROVED', approvedById: 'eda' },
    { state: 'APPROVED', approvedById: 'wim' },
    { state: 'APPROVED', approvedById: 'rex' },
  ])('is refused without approvals on the mechanism %j', (mechanism) => {
    const standing = { ...mechanism, approvalPolicyHash: 'policy' };
    expect(
      refusePublication(publication({ request: unapproved, recordedApprovers: 0, standing }))?.code,
    ).toBe('INCOMPLETE');
  });
});
