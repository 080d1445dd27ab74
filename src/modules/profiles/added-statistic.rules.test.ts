import { refuseStatistics, type StatisticDecision } from './added-statistic.rules.js';

const added = [
  { statistic: 'column age', why: 'Column age: new.' },
  { statistic: 'rule countRounding', why: 'The rule changed.' },
];
const decision: StatisticDecision = {
  statistic: 'column age',
  reason: 'Needed to plan the wards by age group.',
  risk: 'LOW',
  methods: ['ROUNDING'],
  control: 'Counts are rounded to five, ranges hold ten people or more.',
};
const rounding = { ...decision, statistic: 'rule countRounding' };

describe('statistics that a profile adds', () => {
  it('are signed when each is decided on', () => {
    expect(refuseStatistics(added, [rounding, decision])).toBeNull();
    expect(refuseStatistics([], [])).toBeNull();
  });

  it.each<[string, readonly StatisticDecision[], string, string]>([
    ['nothing is decided', [], 'STATISTIC_NOT_DECIDED', 'column age'],
    ['one is left out', [decision], 'STATISTIC_NOT_DECIDED', 'rule countRounding'],
    ['one is decided twice', [decision, rounding, decision], 'INCOMPLETE', 'column age'],
    [
      'one is decided that is not added',
      [decision, rounding, { ...decision, statistic: 'column ward' }],
      'NOT_FOUND',
      'column ward',
    ],
    ['a reason is missing', [{ ...decision, reason: ' '.repeat(20) }, rounding], 'INCOMPLETE', 'column age'],
    [
      'a reason is too long',
      [{ ...decision, reason: 'x'.repeat(4001) }, rounding],
      'INCOMPLETE',
      'column age',
    ],
    ['no method is named', [decision, { ...rounding, methods: [] }], 'INCOMPLETE', 'rule countRounding'],
    ['the control is not said', [{ ...decision, control: 'none' }, rounding], 'INCOMPLETE', 'column age'],
    ['the risk is high', [decision, { ...rounding, risk: 'HIGH' }], 'DISCLOSURE_RISK', 'rule countRounding'],
  ])('are refused when %s', (_, decided, code, place) => {
    expect(refuseStatistics(added, decided)).toMatchObject({ code, place });
  });
});
