import { ages, sexes } from './ages.mjs';
import { acuteEvents, caseFatality } from './acute.mjs';
import { cancers } from './cancer.mjs';
import { chronicConditions, smokingShares } from './chronic.mjs';
import { otherMortality } from './other-mortality.mjs';
import { emergencyDepartment } from './emergency.mjs';
import { bySex, expectation } from './facts.mjs';

const otherCauses = ['Other_Cancer', 'Circulatory_Disease', 'Injury', 'Other_Cause'];
const probability = (rate) => 1 - Math.exp(-rate);
/** A row of probabilities for the named outcomes of competing yearly rates; what is left goes to the last column. */
const competing = (rates) => {
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const any = probability(total);
  return [...rates.map((rate) => (total > 0 ? (any * rate) / total : 0)), 1 - any];
};
/** A row for what may come again: probabilities are expected counts, so that their mean a year is exact. */
const repeating = (counts) => [...counts, 1 - counts.reduce((sum, count) => sum + count, 0)];

/** Every lookup table of the pack, with notes of what could not be met. */
export function deriveTables(facts) {
  const models = bySex((sex) => modelOf(facts, sex));
  const tables = [];
  const add = (name, columns, row) =>
    tables.push({
      name,
      columns,
      ...bySex((sex) => ages.map((age) => row(models[sex], age, sex))),
    });
  addChronic(add, models.female.chronic);
  addAcute(add, models.female.acute);
  addRest(add, facts);
  return { tables, notes: sexes.flatMap((sex) => notesOf(facts, models[sex], sex)) };
}

function modelOf(facts, sex) {
  const smoking = smokingShares(facts, sex);
  const acute = acuteEvents(facts, sex);
  const chronic = chronicConditions(facts, sex, smoking);
  const cancer = cancers(facts, sex, smoking);
  const other = otherMortality(facts, sex, { acute, chronic, cancer });
  const emergency = emergencyDepartment(facts, { acute, chronic, other });
  return { smoking, acute, chronic, cancer, other, emergency };
}

function addChronic(add, names) {
  for (const [name, { exposure, columns }] of Object.entries(names)) {
    const rates = (model, age, group) => columns.map((_, i) => model.chronic[name].onsets[group][i][age]);
    if (exposure === undefined)
      add(`${name}_onset`, [...columns, 'No_Onset'], (m, age) => competing(rates(m, age, 0)));
    else {
      add(`${name}_onset_${exposure[0]}`, [...columns, 'No_Onset'], (m, age) => competing(rates(m, age, 0)));
      add(`${name}_onset_${exposure[1]}`, [...columns, 'No_Onset'], (m, age) => competing(rates(m, age, 1)));
    }
    const course = Object.keys(names[name].course);
    if (course.length === 0) continue;
    add(`${name}_course`, [...course, 'Goes_On'], (m, age) =>
      competing(course.map((way) => m.chronic[name].course[way][age])),
    );
  }
}

function addAcute(add, names) {
  for (const name of Object.keys(names)) {
    const divisor = names[name].pollsAYear;
    add(`${name}_event`, ['Event', 'No_Event'], (m, age) => repeating([m.acute[name].rate[age] / divisor]));
    if (caseFatality[name] === undefined) continue;
    add(`${name}_outcome`, ['Fatal', 'Survived'], (m, age) => repeating([m.acute[name].fatality[age]]));
  }
}

function addRest(add, facts) {
  add('infarction_outcome', ['Fatal', 'Survived'], (_, age) =>
    repeating([caseFatality.acute_myocardial_infarction(age)]),
  );
  add('stroke_outcome', ['Fatal', 'Survived'], (_, age) => repeating([caseFatality.stroke_first_ever(age)]));
  for (const name of ['breast_cancer', 'prostate_cancer', 'colorectal_cancer'])
    add(`${name}_onset`, ['Onset', 'No_Onset'], (m, age) => competing([m.cancer[name].onset[age]]));
  add('lung_cancer_onset_ever_smoker', ['Onset', 'No_Onset'], (m, age) =>
    competing([m.cancer.lung_cancer.exposed[age]]),
  );
  add('lung_cancer_onset_never_smoker', ['Onset', 'No_Onset'], (m, age) =>
    competing([m.cancer.lung_cancer.others[age]]),
  );
  add('other_death', ['Dies', 'Lives'], (m, age) => competing([m.other.rate[age]]));
  add('other_death_cause', otherCauses, (m, age) => m.other.causes.map((c) => c[age]));
  add('emergency_attendance', ['Attends', 'Does_Not_Attend'], (m, age) =>
    repeating([m.emergency.attendance[age] / 4]),
  );
  add('emergency_admission', ['Is_Admitted', 'Goes_Home'], (m, age) =>
    repeating([m.emergency.admitted[age]]),
  );
  add('conception', ['Conceives', 'Does_Not_Conceive'], (_, age, sex) =>
    repeating([sex === 'female' ? conception(facts, age) : 0]),
  );
}

/**
 * Conceptions a year that are recorded: births nine months later, and recorded losses (one of six, from memory).
 */
function conception(facts, age) {
  return (0.25 * birthRate(facts, age) + 0.75 * birthRate(facts, age + 1)) / 0.84;
}

function birthRate(facts, age) {
  const row = facts.fertility.find(({ category }) => {
    const [low, high] = category.split('-').map(Number);
    return age >= low && age <= high;
  });
  return row === undefined ? 0 : Number(row.value) / 1000;
}

function notesOf(facts, model, sex) {
  const lived = expectation(facts.mortality[sex]);
  const low = ages.filter((age) => age < 100 && model.other.rate[age] < 0.1 * facts.mortality[sex][age]);
  return [
    `${sex}: expectation of life of the life table ${lived.toFixed(2)}`,
    ...(low.length > 0
      ? [`${sex}: causes of the pack take more than nine tenths of all deaths at ages ${low.join(' ')}`]
      : []),
    ...Object.entries(model.chronic).flatMap(([name, { note }]) =>
      note ? [`${sex}: ${name}: ${note}`] : [],
    ),
  ];
}
