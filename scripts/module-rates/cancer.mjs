import { ages } from './ages.mjs';
import { incidenceOf } from './acute.mjs';

/** Net survival after one and five years by stage 1 to 4; from memory, rounded, weighted to the figures for all stages. */
const survival = {
  breast_cancer: {
    stages: [0.43, 0.42, 0.1, 0.05],
    one: [0.998, 0.99, 0.96, 0.66],
    five: [0.98, 0.9, 0.72, 0.26],
  },
  prostate_cancer: {
    stages: [0.37, 0.17, 0.26, 0.2],
    one: [0.999, 0.999, 0.995, 0.88],
    five: [0.99, 0.99, 0.96, 0.5],
  },
  colorectal_cancer: {
    stages: [0.17, 0.27, 0.31, 0.25],
    one: [0.97, 0.93, 0.87, 0.45],
    five: [0.92, 0.84, 0.65, 0.1],
  },
  lung_cancer: {
    stages: [0.21, 0.09, 0.21, 0.49],
    one: [0.88, 0.73, 0.49, 0.2],
    five: [0.6, 0.4, 0.16, 0.04],
  },
};
const smokersRisk = 12;

/** Onset and deaths a person-year by age of the four cancers; lung cancer apart for ever and never smokers. */
export function cancers(facts, sex, smoking) {
  return Object.fromEntries(
    Object.keys(survival).map((name) => {
      const onset = incidenceOf(facts, name, sex);
      const deaths = deathsAfter(name, onset);
      const never = onset.map((rate, age) => rate / (1 + smoking[age] * (smokersRisk - 1)));
      return [name, { onset, deaths, exposed: never.map((rate) => rate * smokersRisk), others: never }];
    }),
  );
}

/** Deaths of the cancer at each age from the onsets at earlier ages: first year, then four years of even hazard. */
function deathsAfter(name, onset) {
  const { stages, one, five } = survival[name];
  const dying = [0, 1, 2, 3, 4].map((year) =>
    stages.reduce((sum, share, i) => {
      const later = (five[i] / one[i]) ** ((year - 1) / 4);
      const stillThere = year === 0 ? 1 : one[i] * later;
      const hazard = year === 0 ? 1 - one[i] : 1 - (five[i] / one[i]) ** 0.25;
      return sum + share * stillThere * hazard;
    }, 0),
  );
  return ages.map((age) => dying.reduce((sum, share, year) => sum + share * (onset[age - year] ?? 0), 0));
}
