import { normalQuantile } from '../../../core/distributions/normal.js';
import { Random } from '../../../core/random/random.js';
import { theGrowthCharts } from '../testing/content.js';
import { PackError } from '../tables/read-records.js';
import { bmiAt, bmiPath } from './bmi-path.js';
import { bmiAtExtendedZ, extendedZ } from './extended-bmi.js';
import { readGrowthCharts } from './growth-charts.js';
import { valueAtZ, zOfValue } from './lms.js';

const charts = theGrowthCharts();

describe('growth charts', () => {
  // Percentiles printed in the CDC charts of 2000 (data tables of NCHS).
  it.each([
    ['height', 'M', 0, 0.03, 47.97812],
    ['height', 'M', 0, 0.97, 57.62984],
    ['height', 'F', 240, 0.5, 163.338251],
    ['bmi', 'M', 24, 0.5, 16.57503],
    ['bmi', 'F', 240, 0.95, 31.76474],
  ] as const)(
    'agree with the printed %s of %s at %d months, percentile %d',
    (chart, sex, month, p, printed) => {
      expect(valueAtZ(charts.at(chart, sex, month), normalQuantile(p))).toBeCloseTo(printed, 1);
    },
  );

  it('find the z-score of a value again', () => {
    const lms = charts.at('bmi', 'F', 120);
    for (const z of [-2.5, -1, 0, 1.3, 2]) expect(zOfValue(lms, valueAtZ(lms, z))).toBeCloseTo(z, 10);
    expect(zOfValue({ l: 0, m: 10, s: 0.1 }, valueAtZ({ l: 0, m: 10, s: 0.1 }, 1.5))).toBeCloseTo(1.5, 10);
  });

  it('go on above the 95th percentile without a jump', () => {
    for (const [sex, month] of [
      ['M', 60],
      ['F', 180],
    ] as const) {
      const z95 = normalQuantile(0.95);
      expect(bmiAtExtendedZ(charts, sex, month, z95 + 1e-9)).toBeCloseTo(
        bmiAtExtendedZ(charts, sex, month, z95 - 1e-9),
        4,
      );
      for (const z of [-1, 1, 2, 2.6])
        expect(extendedZ(charts, sex, month, bmiAtExtendedZ(charts, sex, month, z))).toBeCloseTo(z, 6);
    }
  });

  it('name the line that is wrong', () => {
    const lms = 'chart,sex,month,l,m,s\nheight,M,0,1,50,0.04\nheight,M,2,1,52,0.04\n';
    expect(() => readGrowthCharts({ lms, weightForLength: 'sex,length,l,m,s\n' })).toThrow(
      new PackError('cdc-lms.csv: height M has no month 1.'),
    );
  });
});

describe('the BMI of a child', () => {
  const path = (seed: string) => {
    const random = Random.fromSeed(seed);
    return bmiPath(charts, { sex: 'M', firstMonth: 24, firstBmi: 17 }, (year) => random.uniformAt(year));
  };

  it('begins as observed and changes on straight lines', () => {
    const one = path('a');
    expect(bmiAt(one, 24)).toBe(17);
    expect(bmiAt(one, 30)).toBeCloseTo((17 + (one.points[1] ?? 0)) / 2, 10);
    expect(one.points).toHaveLength(19);
  });

  it('keeps near the charts: three in five children end between the 10th and the 90th percentile', () => {
    // 400 children, share p near 0.7; four standard errors are 0.09. A chart misread by a year fails by far.
    const ends = Array.from({ length: 400 }, (_, child) => bmiAt(path(`${child}`), 239));
    const [low, high] = [0.1, 0.9].map((p) => valueAtZ(charts.at('bmi', 'M', 239), normalQuantile(p)));
    const share = ends.filter((bmi) => bmi > (low ?? 0) && bmi < (high ?? 0)).length / ends.length;
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.88);
  });
});
