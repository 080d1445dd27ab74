import { cleanTables } from './clean-tables.js';
import type { Cells, Tables } from './clean-tables.js';

/** The clean tables with other cells in the first row of one of them. */
export function withCells(table: string, cells: Cells): Tables {
  const [first = {}, ...rest] = cleanTables[table] ?? [];
  return { ...cleanTables, [table]: [{ ...first, ...cells }, ...rest] };
}

function withRow(table: string, cells: Cells): Tables {
  return { ...cleanTables, [table]: [...(cleanTables[table] ?? []), cells] };
}

function withoutFirst(table: string): Tables {
  return { ...cleanTables, [table]: (cleanTables[table] ?? []).slice(1) };
}

const illOfMen = { condition_concept_id: 102, person_id: 2 };

/** The check, what is planted, and what it then counts: so many that violate, of so many. */
export const planted: readonly [string, Tables, readonly [number, number]][] = [
  ['isRequired person.year_of_birth', withCells('person', { year_of_birth: '' }), [1, 2]],
  ['cdmDatatype drug_exposure.days_supply', withCells('drug_exposure', { days_supply: '3.5' }), [1, 2]],
  ['isPrimaryKey measurement.measurement_id', withCells('measurement', { measurement_id: 2 }), [2, 2]],
  ['isForeignKey measurement.person_id', withCells('measurement', { person_id: 77 }), [1, 2]],
  [
    'isForeignKey observation.visit_occurrence_id',
    withCells('observation', { visit_occurrence_id: 7 }),
    [1, 2],
  ],
  ['isForeignKey measurement.unit_concept_id', withCells('measurement', { unit_concept_id: 77 }), [1, 2]],
  [
    'measureObservationPeriodOverlap observation_period',
    withRow('observation_period', {
      observation_period_id: 3,
      person_id: 1,
      observation_period_start_date: '2021-05-02',
      observation_period_end_date: '2021-06-01',
      period_type_concept_id: 32817,
    }),
    [1, 2],
  ],
  [
    'measureObservationPeriodOverlap observation_period',
    withRow('observation_period', {
      observation_period_id: 3,
      person_id: 1,
      observation_period_start_date: '2020-03-01',
      observation_period_end_date: '2020-04-01',
      period_type_concept_id: 32817,
    }),
    [1, 2],
  ],
  ['measurePersonCompleteness observation_period', withoutFirst('observation_period'), [1, 2]],
  ['measurePersonCompleteness visit_occurrence', { ...cleanTables, visit_occurrence: [] }, [2, 2]],
  ['measureConditionEraCompleteness condition_era', withoutFirst('condition_era'), [1, 2]],
  [
    'fkDomain condition_occurrence.condition_type_concept_id',
    withCells('condition_occurrence', { condition_type_concept_id: 201 }),
    [1, 2],
  ],
  ['fkClass drug_era.drug_concept_id', withCells('drug_era', { drug_concept_id: 101 }), [1, 2]],
  [
    'isStandardValidConcept condition_occurrence.condition_concept_id',
    withCells('condition_occurrence', { condition_concept_id: 103 }),
    [1, 2],
  ],
  [
    'standardConceptRecordCompleteness visit_occurrence.visit_concept_id',
    withCells('visit_occurrence', { visit_concept_id: 0 }),
    [1, 2],
  ],
  [
    'standardConceptRecordCompleteness measurement.unit_concept_id',
    withCells('measurement', { unit_concept_id: '' }),
    [1, 2],
  ],
  [
    'sourceConceptRecordCompleteness condition_occurrence.condition_source_concept_id',
    withCells('condition_occurrence', { condition_source_concept_id: 0 }),
    [1, 2],
  ],
  [
    'sourceValueCompleteness condition_occurrence.condition_source_value',
    withCells('condition_occurrence', { condition_source_value: 'other', condition_concept_id: 0 }),
    [1, 2],
  ],
  [
    'measureValueCompleteness person.gender_concept_id',
    withCells('person', { gender_concept_id: '' }),
    [1, 2],
  ],
  ['plausibleValueLow drug_exposure.days_supply', withCells('drug_exposure', { days_supply: 0 }), [1, 2]],
  [
    'plausibleValueLow measurement.measurement_date',
    withCells('measurement', { measurement_date: '1949-12-31' }),
    [1, 2],
  ],
  ['plausibleValueHigh drug_exposure.days_supply', withCells('drug_exposure', { days_supply: 366 }), [1, 2]],
  [
    'plausibleValueHigh measurement.measurement_date',
    withCells('measurement', { measurement_date: '2026-04-02' }),
    [1, 2],
  ],
  ['plausibleValueHigh person.year_of_birth', withCells('person', { year_of_birth: 2028 }), [1, 2]],
  [
    'plausibleStartBeforeEnd drug_exposure.drug_exposure_start_date',
    withCells('drug_exposure', { drug_exposure_start_date: '2020-02-05' }),
    [1, 2],
  ],
  [
    'plausibleAfterBirth measurement.measurement_date',
    withCells('measurement', { measurement_date: '1960-03-03' }),
    [1, 2],
  ],
  [
    'plausibleBeforeDeath measurement.measurement_date',
    withCells('measurement', { person_id: 2, measurement_date: '2021-08-01' }),
    [1, 2],
  ],
  [
    'withinVisitDates measurement.measurement_date',
    withCells('measurement', { measurement_date: '2020-01-24' }),
    [1, 2],
  ],
  [
    'withinVisitDates measurement.measurement_date',
    withCells('measurement', { measurement_date: '2020-02-13' }),
    [1, 2],
  ],
  [
    'plausibleUnitConceptIds measurement.measurement_concept_id 3004410',
    withCells('measurement', { unit_concept_id: 8840 }),
    [1, 2],
  ],
  [
    'plausibleGenderUseDescendants condition_occurrence.condition_concept_id 4090861, 4025213',
    withCells('condition_occurrence', illOfMen),
    [1, 1],
  ],
];
