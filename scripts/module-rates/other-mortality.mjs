import { ages } from './ages.mjs';

/** Newborns that the module lets die in their first four weeks, before the first question of the table. */
const neonatal = 0.0024;
const groups = {
  cancer: [
    'All other cancers',
    'Malignant neoplasms of lymphoid',
    'Malignant neoplasms of digestive',
    'Malignant neoplasm of liver',
    'Cervical',
  ],
  circulatory: ['Other circulatory'],
  injury: ['Unintentional injuries', 'Intentional injuries'],
  other: ['All other causes', 'Neonatal'],
};

/** Deaths a person-year that no module of the pack causes: the life table less what the modules take. */
export function otherMortality(facts, sex, { acute, chronic, cancer }) {
  const taken = ages.map(
    (age) =>
      sum(Object.values(acute), ({ rate, fatality }) => rate[age] * fatality[age]) +
      sum(Object.values(chronic), (condition) => chronicDeaths(condition, age)) +
      sum(Object.values(cancer), ({ deaths }) => deaths[age]),
  );
  const rate = ages.map((age) =>
    Math.max(0.02 * facts.mortality[sex][age], facts.mortality[sex][age] - taken[age]),
  );
  rate[0] = Math.max(0.0003, rate[0] - neonatal);
  const shares = Object.values(groups).map((causes) => {
    const rates = causes.map((cause) => facts.causeRate(cause, sex));
    return ages.map((age) => sum(rates, (values) => values[age]));
  });
  const total = ages.map((age) => sum(shares, (values) => values[age]));
  return { rate, taken, causes: shares.map((values) => values.map((value, age) => value / total[age])) };
}

/** Deaths a person-year of all persons from a lasting condition: among the affected, and at a fatal first event. */
export const chronicDeaths = ({ prevalence, excess, course, firstDeaths }, age) =>
  (course.Dies === undefined ? 0 : prevalence[age] * excess[age]) + (firstDeaths?.[age] ?? 0);

const sum = (values, of) => values.reduce((total, value) => total + of(value), 0);
