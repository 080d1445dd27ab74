import { ages } from './ages.mjs';
import { smoothBands, yearMeans } from './smooth.mjs';

/** Deaths in hospital per event by age. From memory of national audits, rounded: calibration, not citation. */
const stepped = (steps) => (age) => steps.find(([below]) => age < below)[1];
const open = 1000;

export const caseFatality = {
  pneumonia_hospital_admission: stepped([
    [45, 0.01],
    [65, 0.05],
    [75, 0.07],
    [85, 0.1],
    [open, 0.14],
  ]),
  uti_hospital_admission: stepped([
    [65, 0.003],
    [75, 0.02],
    [85, 0.03],
    [open, 0.05],
  ]),
  sepsis_hospital_admission: stepped([
    [18, 0.02],
    [45, 0.06],
    [65, 0.14],
    [75, 0.18],
    [85, 0.22],
    [open, 0.26],
  ]),
  acute_appendicitis: stepped([
    [45, 0.0002],
    [65, 0.001],
    [open, 0.01],
  ]),
  hip_fracture: stepped([
    [65, 0.01],
    [75, 0.03],
    [85, 0.05],
    [open, 0.075],
  ]),
  acute_myocardial_infarction: stepped([
    [55, 0.03],
    [65, 0.05],
    [75, 0.08],
    [85, 0.14],
    [open, 0.22],
  ]),
  stroke_first_ever: stepped([
    [65, 0.08],
    [75, 0.1],
    [85, 0.16],
    [open, 0.24],
  ]),
};

/** Topics of the reference data that are events of their own modules, and how often a year their module asks. */
const events = {
  pneumonia_hospital_admission: 1,
  uti_hospital_admission: 1,
  uti_primary_care_consultation: 4,
  sepsis_hospital_admission: 1,
  acute_appendicitis: 1,
  hip_fracture: 1,
  cataract_surgery: 1,
};

/** Rate a person-year by completed age of every acute event, with its fatality. */
export function acuteEvents(facts, sex) {
  return Object.fromEntries(
    Object.entries(events).map(([name, pollsAYear]) => {
      const rate = incidenceOf(facts, name, sex);
      const fatality = ages.map((age) => caseFatality[name]?.(age) ?? 0);
      return [name, { rate, fatality, pollsAYear }];
    }),
  );
}

/** Cited events per 100,000 person-years, smoothed within the bands, as events a person-year. */
export function incidenceOf(facts, topic, sex) {
  const bands = facts.shape(topic, sex).map((band) => ({ ...band, value: band.value / 1e5 }));
  return yearMeans(smoothBands(bands, facts.weights[sex]));
}
