export type Cells = Readonly<Record<string, string | number>>;
/** Rows by table; what a row leaves out is empty. */
export type Tables = Readonly<Record<string, readonly Cells[]>>;

const persons = [1, 2];

/** One row for each person, whose record keys are their own. */
function forAll(row: (person: number) => Cells): Cells[] {
  return persons.map((person) => ({ person_id: person, ...row(person) }));
}

const concept = (id: number, domain: string, conceptClass = 'Undefined'): Cells => ({
  concept_id: id,
  concept_name: `concept ${id}`,
  domain_id: domain,
  vocabulary_id: 'SNOMED',
  concept_class_id: conceptClass,
  standard_concept: 'S',
  concept_code: `c${id}`,
  valid_start_date: '1970-01-01',
  valid_end_date: '2099-12-31',
});

/** Two persons (1 is a man, 2 a woman who has died) with whom no check finds fault. */
export const cleanTables: Tables = {
  person: forAll((person) => ({
    gender_concept_id: person === 1 ? 8507 : 8532,
    gender_source_value: 'given',
    year_of_birth: 1960,
    month_of_birth: 3,
    day_of_birth: 4,
    race_concept_id: 0,
    ethnicity_concept_id: 0,
    provider_id: 9,
  })),
  provider: [{ provider_id: 9, provider_name: 'made up' }],
  death: [{ person_id: 2, death_date: '2021-06-01', death_type_concept_id: 32817 }],
  observation_period: forAll((person) => ({
    observation_period_id: person,
    observation_period_start_date: '2020-01-01',
    observation_period_end_date: '2021-05-01',
    period_type_concept_id: 32817,
  })),
  visit_occurrence: forAll((person) => ({
    visit_occurrence_id: person,
    visit_concept_id: 9201,
    visit_start_date: '2020-02-01',
    visit_end_date: '2020-02-05',
    visit_type_concept_id: 32817,
  })),
  condition_occurrence: forAll((person) => ({
    condition_occurrence_id: person,
    condition_concept_id: 101,
    condition_start_date: '2020-02-01',
    condition_end_date: '2020-02-03',
    condition_type_concept_id: 32817,
    visit_occurrence_id: person,
    condition_source_value: 'ill',
    condition_source_concept_id: 101,
  })),
  condition_era: forAll((person) => ({
    condition_era_id: person,
    condition_concept_id: 101,
    condition_era_start_date: '2020-02-01',
    condition_era_end_date: '2020-02-03',
    condition_occurrence_count: 1,
  })),
  drug_exposure: forAll((person) => ({
    drug_exposure_id: person,
    drug_concept_id: 201,
    drug_exposure_start_date: '2020-02-02',
    drug_exposure_end_date: '2020-02-04',
    drug_type_concept_id: 32817,
    visit_occurrence_id: person,
    days_supply: 3,
  })),
  drug_era: forAll((person) => ({
    drug_era_id: person,
    drug_concept_id: 201,
    drug_era_start_date: '2020-02-02',
    drug_era_end_date: '2020-02-04',
    drug_exposure_count: 1,
  })),
  procedure_occurrence: forAll((person) => ({
    procedure_occurrence_id: person,
    procedure_concept_id: 301,
    procedure_date: '2020-02-02',
    procedure_type_concept_id: 32817,
    visit_occurrence_id: person,
  })),
  measurement: forAll((person) => ({
    measurement_id: person,
    measurement_concept_id: 3004410,
    measurement_date: '2020-02-02',
    measurement_type_concept_id: 32817,
    value_as_number: 6.5,
    unit_concept_id: 8554,
    unit_source_value: '%',
    visit_occurrence_id: person,
  })),
  observation: forAll((person) => ({
    observation_id: person,
    observation_concept_id: 401,
    observation_date: '2020-02-02',
    observation_type_concept_id: 32817,
    visit_occurrence_id: person,
  })),
  cdm_source: [
    {
      cdm_source_name: 'made up',
      cdm_source_abbreviation: 'made up',
      cdm_holder: 'nobody',
      source_release_date: '2022-01-01',
      cdm_release_date: '2022-01-01',
      cdm_version_concept_id: 756265,
      vocabulary_version: 'none',
    },
  ],
  concept: [
    { ...concept(0, 'Metadata'), standard_concept: '' },
    ...[concept(8507, 'Gender'), concept(8532, 'Gender'), concept(32817, 'Type Concept')],
    ...[concept(9201, 'Visit'), concept(101, 'Condition'), concept(102, 'Condition')],
    ...[concept(201, 'Drug', 'Ingredient'), concept(301, 'Procedure'), concept(401, 'Observation')],
    ...[concept(3004410, 'Measurement'), concept(8554, 'Unit'), concept(8840, 'Unit')],
    concept(756265, 'Metadata'),
    // Nobody uses it; it is not standard.
    { ...concept(103, 'Condition'), standard_concept: '' },
  ],
  // 4090861 is what only men have.
  concept_ancestor: [{ ancestor_concept_id: 4090861, descendant_concept_id: 102 }],
};
