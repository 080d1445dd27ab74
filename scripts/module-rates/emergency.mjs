import { ages } from './ages.mjs';
import { smoothBands, yearMeans } from './smooth.mjs';
import { chronicDeaths } from './other-mortality.mjs';

/** Emergency admissions a year of an affected person, from memory and rounded; their modules use the same numbers. */
export const admissionsOfAffected = { copd: 0.1, heart_failure: 0.25, asthma: 0.015, type_1_diabetes: 0.04 };
/** Share of deaths in hospital after an emergency admission for the last days; ONS place of death, from memory. */
const dyingInHospital = 0.43;
const admitting = [
  'pneumonia_hospital_admission',
  'uti_hospital_admission',
  'sepsis_hospital_admission',
  'acute_appendicitis',
  'hip_fracture',
];

/** What the general emergency module has to bring: cited attendances and admissions less those of other modules. */
export function emergencyDepartment(facts, { acute, chronic, other }) {
  const attendances = citedRate(facts, 'emergency_department_attendance');
  const admissions = citedRate(facts, 'emergency_hospital_admission');
  const elsewhere = ages.map((age) => admittedElsewhere(age, { acute, chronic, other }));
  const attendance = ages.map((age) => Math.max(0.05, attendances[age] - elsewhere[age]));
  const admitted = ages.map((age) =>
    Math.min(0.9, Math.max(0.03, admissions[age] - elsewhere[age]) / attendance[age]),
  );
  return { attendance, admitted };
}

function citedRate(facts, topic) {
  const bands = facts.shape(topic, 'all').map((band) => ({ ...band, value: band.value / 1000 }));
  const weights = ages.map((age) => facts.weights.male[age] + facts.weights.female[age]);
  return yearMeans(smoothBands(bands, weights));
}

function admittedElsewhere(age, { acute, chronic, other }) {
  const events = admitting.reduce((sum, name) => sum + acute[name].rate[age], 0);
  const flares = Object.entries(admissionsOfAffected).reduce(
    (sum, [name, yearly]) => sum + chronic[name].prevalence[age] * yearly,
    0,
  );
  const dying = Object.values(chronic).reduce((sum, condition) => sum + chronicDeaths(condition, age), 0);
  const first = ['ischaemic_heart_disease', 'stroke'].reduce((sum, name) => {
    const condition = chronic[name];
    const event = name === 'stroke' ? 0 : 1;
    return sum + condition.onsets[1][event][age] * (1 - condition.prevalence[age]);
  }, 0);
  return events + flares + first + dyingInHospital * (dying + other.rate[age]);
}
