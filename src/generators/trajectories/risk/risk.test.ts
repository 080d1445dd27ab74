import { atrialFibrillationRisk } from './atrial-fibrillation.js';
import { ascvdRisk } from './pooled-cohort.js';
import { riskPerTime } from './risk-per-time.js';
import { strokeRisk } from './stroke.js';

const example = {
  ...({ age: 55, totalCholesterol: 213, hdl: 50, systolic: 120, isTreated: false } as const),
  ...({ isSmoker: false, hasDiabetes: false } as const),
};

describe('the pooled cohort equations', () => {
  // The worked examples of Goff et al. 2014, appendix 7, table A, in per cent.
  it.each([
    ['F', false, 2.1],
    ['F', true, 3.0],
    ['M', false, 5.3],
    ['M', true, 6.1],
  ] as const)('give the published risk of %s, black: %s', (sex, isBlack, percent) => {
    // The printed coefficients are rounded: they give 5.38 where 5.3 is printed.
    expect(Math.abs(100 * ascvdRisk({ ...example, sex, isBlack }) - percent)).toBeLessThan(0.1);
  });

  it('say nothing outside the ages of 40 to 79', () => {
    for (const age of [39, 80]) expect(ascvdRisk({ ...example, sex: 'F', isBlack: false, age })).toBe(-1);
  });

  it('rise with each factor', () => {
    const base = ascvdRisk({ ...example, sex: 'M', isBlack: false });
    for (const more of [{ isSmoker: true }, { hasDiabetes: true }, { systolic: 160 }, { hdl: 35 }])
      expect(ascvdRisk({ ...example, sex: 'M', isBlack: false, ...more })).toBeGreaterThan(base);
  });
});

const strokeExample = {
  ...({ sex: 'M', age: 70, systolic: 150, isTreated: false, isSmoker: true } as const),
  ...({ hasDiabetes: true, hasHeartDisease: false } as const),
  ...({ hasAtrialFibrillation: false, hasLeftVentricularHypertrophy: false } as const),
};

describe('the points of Framingham', () => {
  it('give the risk of stroke of a man of 70', () => {
    // Age 69-72: 5 points; 146-155 mmHg untreated: 5; smoker: 3; diabetes: 2. 15 points: 20 %.
    expect(strokeRisk(strokeExample)).toBe(0.2);
    // 143-150 mmHg is 7 points when it is treated: 17 points.
    expect(strokeRisk({ ...strokeExample, isTreated: true })).toBe(0.26);
  });

  it('use prevalence below 55 years and nothing below 20', () => {
    expect(strokeRisk({ ...strokeExample, age: 54 })).toBe(0.019);
    expect(strokeRisk({ ...strokeExample, age: 39, sex: 'F' })).toBe(0.007);
    expect(strokeRisk({ ...strokeExample, age: 19 })).toBe(-1);
  });

  it('give the risk of atrial fibrillation', () => {
    const man = { sex: 'M', age: 65, bmi: 31, systolic: 165, isTreated: true } as const;
    // 5 points of age, 1 each of BMI, pressure and treatment: 8 points.
    expect(atrialFibrillationRisk(man)).toBe(0.16);
    expect(
      atrialFibrillationRisk({ ...man, sex: 'F', age: 45, bmi: 22, systolic: 120, isTreated: false }),
    ).toBe(0.01);
    expect(atrialFibrillationRisk({ ...man, age: 44 })).toBe(-1);
  });
});

describe('a risk for another time', () => {
  it('comes together to the risk of ten years', () => {
    expect(1 - Math.pow(1 - riskPerTime(0.2, 30), 3650 / 30)).toBeCloseTo(0.2, 12);
  });

  it('stays below zero for no risk, so that it is never met', () => {
    expect(riskPerTime(-1, 30)).toBeLessThan(0);
  });
});
