import { ages } from './ages.mjs';
import { caseFatality, incidenceOf } from './acute.mjs';
import { onsetFromPrevalence, splitByExposure, splitByGeneration } from './prevalence.mjs';
import { smoothBands, yearMeans } from './smooth.mjs';

/** Part of the deaths from ischaemic heart disease that the module of heart failure does not bring already. */
const notByFailure = 0.65;
/** Part of the mortality that would reconcile cited incidence and prevalence of heart failure; all of it is too much. */
const failureMortality = 0.7;
/**
 * Factors on prevalence from an age on: who has one condition also dies of others that come with it (smokers of lung
 * cancer, heart disease of heart failure), which the equation of a single condition leaves out. Measured in simulations.
 */
const from = (steps) => (band) => steps.find(([age]) => band.low >= age)?.[1] ?? 1;
const raised = {
  copd: from([
    [75, 1.13],
    [65, 1.05],
  ]),
  ischaemic_heart_disease: from([
    [85, 1.22],
    [75, 1.13],
  ]),
  atrial_fibrillation: from([[85, 1.14]]),
  heart_failure: from([[75, 1.08]]),
};
const flat = (value) => () => value;
const times = (values, factor) => values.map((value) => value * factor);

/** Share of persons who ever smoked, by age: current and former smokers of the cross-section. */
export function smokingShares(facts, sex) {
  const bands = facts.lifestyle('smoking', ['current', 'ex'], sex);
  const shares = bands.map((band) => ({ ...band, value: band.value / 100 }));
  return yearMeans(smoothBands(shares, facts.weights[sex], 16));
}

/**
 * The lasting conditions: onset by age (of both groups where a condition has an exposure), and what leaves it.
 * Relative risks and durations are from memory and rounded: they shape who falls ill, not how many.
 */
export function chronicConditions(facts, sex, smoking) {
  const solve = (topic, options) => solved(facts, sex, topic, options);
  const caused = (cause, share) => byCause(facts, sex, cause, share);
  const none = flat(0);
  const obesity = solvedFrom(obesityBands(facts, sex), facts.weights[sex], {
    start: 16,
    excess: none,
    remission: flat(0.01),
  });
  const diabetes = solve('type_2_diabetes', { start: 12, excess: caused('Diabetes', 0.9) });
  const hypertension = solve('hypertension_diagnosed', { start: 18, excess: none });
  const heart = coronaryDisease(facts, sex);
  const fibrillation = solve('atrial_fibrillation', {
    start: 18,
    excess: caused('Other circulatory', 0.12),
    adjust: raised.atrial_fibrillation,
  });
  const failure = heartFailure(facts, sex);
  return {
    obesity: remitting(obesity, 0.01),
    type_2_diabetes: split(diabetes, obesity.prevalence, 4, ['obese', 'not_obese'], {
      Dies: diabetes.excess,
    }),
    type_1_diabetes: excessOnly(
      solve('type_1_diabetes', { start: 1, excess: caused('Diabetes', 0.1), excessMax: 0.03 }),
    ),
    hypertension: split(hypertension, obesity.prevalence, 2, ['obese', 'not_obese'], {}),
    chronic_kidney_disease: kidneyDisease(solve, diabetes),
    copd: lungDisease(solve, caused, smoking),
    asthma: remitting(solve('asthma_treated', { start: 1, excess: none, remission: flat(0.02) }), 0.02),
    ischaemic_heart_disease: heart(diabetes),
    stroke: strokeAndTia(facts, sex, fibrillation),
    atrial_fibrillation: split(
      fibrillation,
      hypertension.prevalence,
      1.7,
      ['hypertensive', 'not_hypertensive'],
      { Dies: fibrillation.excess },
    ),
    heart_failure: failure(heart(diabetes).prevalence),
    dementia: excessOnly(solve('dementia', { start: 45, excess: caused('Dementia', 1), excessMax: 0.4 })),
    depression: remitting(
      solve('depression_recorded_ever', { start: 10, excess: none, remission: flat(0.02) }),
      0.02,
    ),
    osteoarthritis: single(solve('osteoarthritis_diagnosed', { start: 18, excess: none }), {}),
    hypothyroidism: single(solve('hypothyroidism_treated', { start: 5, excess: none }), {}),
    anaemia: remitting(solve('anaemia_who', { excess: none, remission: flat(0.5) }), 0.5),
  };
}

const solved = (facts, sex, topic, options) =>
  solvedFrom(facts.shape(topic, sex), facts.weights[sex], options);

const solvedFrom = (bands, weights, options) => onsetFromPrevalence({ bands, weights, ...options });

/** Excess mortality of the affected such that they have `share` of the deaths from a cause; at most 0.4 a year. */
function byCause(facts, sex, cause, share) {
  const rates = facts.causeRate(cause, sex);
  return (age, p) => (p > 0.0003 ? Math.min(0.4, (share * rates[age]) / p) : 0);
}

const result = (condition, more) => ({
  prevalence: condition.prevalence,
  excess: condition.excess,
  columns: ['Onset'],
  ...more,
});
const single = (condition, course) => result(condition, { onsets: [[condition.onset]], course });
/** Nobody dies of it: where prevalence falls faster than remission explains, remission is raised, not mortality. */
function remitting(condition, remission) {
  const leaving = ages.map((age) => remission + condition.excess[age] * (1 - condition.prevalence[age]));
  return single({ ...condition, excess: ages.map(flat(0)) }, { Remits: leaving });
}
const excessOnly = (condition) => single(condition, { Dies: condition.excess });

function split(condition, share, ratio, exposure, course) {
  const onsets = splitByExposure(condition, share, ratio).map((group) => [group]);
  return result(condition, { onsets, exposure, course });
}

function obesityBands(facts, sex) {
  return facts.lifestyle('bmi', ['obese I (30-34.9)', 'obese II-III (>=35)'], sex);
}

function kidneyDisease(solve, diabetes) {
  const condition = solve('chronic_kidney_disease_3_5', {
    start: 1,
    excess: (age) => (age < 60 ? 0.005 : 0.008),
  });
  return split(condition, diabetes.prevalence, 2.5, ['diabetic', 'not_diabetic'], { Dies: condition.excess });
}

function lungDisease(solve, caused, smoking) {
  const respiratory = caused('Diseases of the respiratory system', 0.5);
  const condition = solve('copd', { start: 26, excess: respiratory, adjust: raised.copd });
  const onsets = splitByGeneration(condition, smoking, 8).map((group) => [group]);
  return result(condition, {
    onsets,
    exposure: ['ever_smoker', 'never_smoker'],
    course: { Dies: condition.excess },
  });
}

/** Angina or infarction first; infarctions come again among the affected so that all of them reach the cited incidence. */
function coronaryDisease(facts, sex) {
  const infarctions = incidenceOf(facts, 'acute_myocardial_infarction', sex);
  const deaths = times(facts.causeRate('Ischaemic heart disease', sex), notByFailure);
  const firstShare = 0.4;
  const fatality = ages.map(caseFatality.acute_myocardial_infarction);
  let firstDeaths = ages.map(flat(0));
  let condition;
  for (let round = 0; round < 5; round += 1) {
    const excess = (age, p) =>
      p > 0.0003 ? Math.min(0.3, Math.max(0, deaths[age] - firstDeaths[age]) / p) : 0;
    condition = solved(facts, sex, 'coronary_heart_disease', {
      start: 18,
      excess,
      adjust: raised.ischaemic_heart_disease,
    });
    firstDeaths = ages.map((age) => firstEvents(condition, age, firstShare, fatality) * fatality[age]);
  }
  const again = ages.map((age) => {
    const p = condition.prevalence[age];
    const missing = infarctions[age] - firstEvents(condition, age, firstShare, fatality);
    return p > 0.0003 ? Math.min(0.1, Math.max(0, missing / p)) : 0;
  });
  const chronic = ages.map((age) => Math.max(0, condition.excess[age] - again[age] * fatality[age]));
  return (diabetes) => {
    const groups = splitByExposure(condition, diabetes.prevalence, 2);
    const onsets = groups.map((group) => [
      times(group, 1 - firstShare),
      group.map((rate, age) => (rate * firstShare) / (1 - fatality[age])),
    ]);
    const exposure = ['diabetic', 'not_diabetic'];
    const course = { Dies: chronic, Infarction_Again: again };
    const columns = ['Angina_Begins', 'First_Infarction'];
    return { ...result(condition, { onsets, exposure, course }), columns, firstDeaths };
  };
}

const firstEvents = (condition, age, share, fatality) =>
  (condition.onset[age] * (1 - condition.prevalence[age]) * share) / (1 - fatality[age]);

/** First-ever stroke of the cited incidence, and transient attacks for what the prevalence needs beside. */
function strokeAndTia(facts, sex, fibrillation) {
  const strokes = incidenceOf(facts, 'stroke_first_ever', sex);
  const fatality = ages.map(caseFatality.stroke_first_ever);
  const deaths = facts.causeRate('Stroke', sex);
  const survivors = ages.map((age) => strokes[age] * (1 - fatality[age]));
  const firstDeaths = ages.map((age) => strokes[age] * fatality[age]);
  const late = (age, p) => (p > 0.0003 ? Math.max(0, deaths[age] - firstDeaths[age]) / p : 0);
  const plain = solved(facts, sex, 'stroke_tia', { start: 0, excess: late });
  const excess = (age, p) => {
    const inflow = plain.onset[age] * (1 - p);
    const missing = Math.max(0, survivors[age] / 0.85 - inflow);
    return Math.min(0.2, late(age, p) + (p > 0.0003 ? missing / p : 0));
  };
  const condition = solved(facts, sex, 'stroke_tia', { start: 0, excess });
  const share = ages.map((age) => {
    const inflow = condition.onset[age] * (1 - condition.prevalence[age]);
    return inflow > 0 ? Math.min(0.95, survivors[age] / inflow) : 0;
  });
  const onsets = splitByExposure(condition, fibrillation.prevalence, 4).map((group) => [
    group.map((rate, age) => (rate * share[age]) / (1 - fatality[age])),
    group.map((rate, age) => rate * (1 - share[age])),
  ]);
  const exposure = ['with_atrial_fibrillation', 'without_atrial_fibrillation'];
  const more = { onsets, exposure, course: { Dies: condition.excess } };
  return { ...result(condition, more), columns: ['Stroke', 'Transient_Attack'], firstDeaths };
}

/** Here incidence is known beside prevalence: the excess mortality is the one that reconciles them. */
function heartFailure(facts, sex) {
  const incidence = incidenceOf(facts, 'heart_failure_first_diagnosis', sex);
  const adjust = raised.heart_failure;
  const plain = solved(facts, sex, 'heart_failure', { start: 0, excess: flat(0), adjust });
  const excess = (age, p) => {
    const rise = plain.curve[age + 1] - plain.curve[age];
    const reconciling = (incidence[age] * (1 - p) - rise) / (p * (1 - p));
    return p > 0.0003 ? Math.min(0.3, Math.max(0.01, failureMortality * reconciling)) : 0;
  };
  const condition = solved(facts, sex, 'heart_failure', { start: 0, excess, excessMax: 0.3, adjust });
  const exposure = ['with_heart_disease', 'without_heart_disease'];
  return (heartDisease) => split(condition, heartDisease, 4, exposure, { Dies: condition.excess });
}
