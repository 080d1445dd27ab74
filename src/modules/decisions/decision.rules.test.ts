import { type EndorsementTexts, isBlindTo, refuseVerdict, type Verdict } from './decision.rules.js';

const words = 'Words of enough characters.';
const endorsement: EndorsementTexts = {
  ...{ privacy: words, quality: words, utility: words, bias: words },
  ...{ releaseNotes: words, limitations: words, summary: words },
};

const verdict: Verdict = {
  reason: 'Every check has passed.',
  candidateHash: 'c0ffee',
  scores: { privacy: 5, quality: 4, utility: 3, bias: 1 },
  endorsement,
  agreement: null,
  declaresNoConflict: true,
  revision: 2,
  reviewRound: 3,
};
const judged = { candidateHash: 'c0ffee', revision: 2, reviewRound: 3 };

describe('a verdict', () => {
  it('is taken when it is complete and about the candidate that there is', () => {
    expect(refuseVerdict(verdict, judged)).toBeNull();
    expect(
      refuseVerdict(
        { ...verdict, candidateHash: null, scores: null, endorsement: null },
        { ...judged, candidateHash: null },
      ),
    ).toBeNull();
  });

  it.each<[string, Partial<Verdict>]>([
    ['a reason of the fewest characters', { reason: 'x'.repeat(10) }],
    ['a reason of the most characters', { reason: 'x'.repeat(4000) }],
    ['no candidate named', { candidateHash: null }],
    ['no revision and no round named', { revision: null, reviewRound: null }],
    ['texts of the fewest characters', { endorsement: { ...endorsement, privacy: 'x'.repeat(10) } }],
    ['texts of the most characters', { endorsement: { ...endorsement, privacy: 'x'.repeat(4000) } }],
    ['an agreement instead of a reason', { reason: '', agreement: { feasibility: words, impact: words } }],
  ])('is taken with %s', (_, change) => {
    expect(refuseVerdict({ ...verdict, ...change }, judged)).toBeNull();
  });

  it.each<[Partial<Verdict>, string, string]>([
    [{ reason: 'ok' }, 'INCOMPLETE', 'reason'],
    [{ reason: ' '.repeat(20) }, 'INCOMPLETE', 'reason'],
    [{ reason: 'x'.repeat(4001) }, 'INCOMPLETE', 'reason'],
    [{ candidateHash: 'decaf' }, 'CANDIDATE_CHANGED', 'candidateHash'],
    [{ revision: 1 }, 'STALE', 'revision'],
    [{ revision: 3 }, 'STALE', 'revision'],
    [{ reviewRound: 2 }, 'STALE', 'reviewRound'],
    [{ declaresNoConflict: false }, 'CONFLICT_OF_INTEREST', 'declaresNoConflict'],
    [{ scores: { privacy: 0, quality: 4, utility: 3, bias: 1 } }, 'INCOMPLETE', 'privacy'],
    [{ scores: { privacy: 5, quality: 6, utility: 3, bias: 1 } }, 'INCOMPLETE', 'quality'],
    [{ scores: { privacy: 5, quality: 3.5, utility: 3, bias: 1 } }, 'INCOMPLETE', 'quality'],
    [{ scores: { privacy: NaN, quality: 3, utility: 3, bias: 1 } }, 'INCOMPLETE', 'privacy'],
    [{ endorsement: null }, 'INCOMPLETE', 'endorsement'],
    [{ scores: null }, 'INCOMPLETE', 'scores'],
    ...Object.keys(endorsement).flatMap((field): [Partial<Verdict>, string, string][] => [
      [{ endorsement: { ...endorsement, [field]: '' } }, 'INCOMPLETE', field],
      [{ endorsement: { ...endorsement, [field]: ' '.repeat(99) } }, 'INCOMPLETE', field],
      [{ endorsement: { ...endorsement, [field]: 'x'.repeat(4001) } }, 'INCOMPLETE', field],
    ]),
    [{ agreement: { feasibility: '', impact: words } }, 'INCOMPLETE', 'feasibility'],
    [{ agreement: { feasibility: words, impact: 'little' } }, 'INCOMPLETE', 'impact'],
  ])('is refused with %j: %s at %s', (change, code, place) => {
    expect(refuseVerdict({ ...verdict, ...change }, judged)).toMatchObject({
      code,
      place,
    });
  });
});

describe('the approvals of the round', () => {
  const request = { state: 'IG_REVIEW', reviewRound: 2, approverIds: ['ina'], delegatorIds: ['ida'] };
  const approval = { command: 'approve', reviewRound: 2 };

  it.each([
    ['an approver who has not decided', { personId: 'ivo', mayDecide: true }, request, approval, true],
    ['an approver who has decided', { personId: 'ina', mayDecide: true }, request, approval, false],
    [
      'an approver whose delegate has decided',
      { personId: 'ida', mayDecide: true },
      request,
      approval,
      false,
    ],
    ['somebody who does not decide', { personId: 'eva', mayDecide: false }, request, approval, false],
    [
      'an approver, of an earlier round',
      { personId: 'ivo', mayDecide: true },
      request,
      { ...approval, reviewRound: 1 },
      false,
    ],
    [
      'an approver, of an endorsement',
      { personId: 'ivo', mayDecide: true },
      request,
      { ...approval, command: 'endorse' },
      false,
    ],
    [
      'an approver, once it is decided',
      { personId: 'ivo', mayDecide: true },
      { ...request, state: 'APPROVED' },
      approval,
      false,
    ],
  ])('are hidden from %s or not', (_, person, facts, decision, expected) => {
    expect(isBlindTo(facts, person)(decision)).toBe(expected);
  });
});
