/** Where the parts of an event are in a table of the model. */
export interface EventTable {
  readonly table: string;
  readonly key: string;
  /** Standard concept, the source's own, and the code as the source writes it. */
  readonly concept: string;
  readonly sourceConcept: string;
  readonly sourceValue: string;
  /** A date and, where the table has it, the exact moment. */
  readonly start: Moments;
  readonly end?: Moments;
  /** Other fields with concepts. */
  readonly concepts: readonly string[];
  /** Other fields with numbers or texts. */
  readonly plain: readonly string[];
}

interface Moments {
  readonly date: string;
  readonly datetime: string;
}

const moments = (stem: string): Moments => ({ date: `${stem}_date`, datetime: `${stem}_datetime` });

/** The tables that become encounters and events. Notes are texts about real people and are not read. */
export const eventTables = {
  visit: {
    table: 'visit_occurrence',
    key: 'visit_occurrence_id',
    concept: 'visit_concept_id',
    sourceConcept: 'visit_source_concept_id',
    sourceValue: 'visit_source_value',
    start: moments('visit_start'),
    end: moments('visit_end'),
    concepts: ['admitted_from_concept_id', 'discharged_to_concept_id'],
    plain: [],
  },
  stay: {
    table: 'visit_detail',
    key: 'visit_detail_id',
    concept: 'visit_detail_concept_id',
    sourceConcept: 'visit_detail_source_concept_id',
    sourceValue: 'visit_detail_source_value',
    start: moments('visit_detail_start'),
    end: moments('visit_detail_end'),
    concepts: [],
    plain: [],
  },
  condition: {
    table: 'condition_occurrence',
    key: 'condition_occurrence_id',
    concept: 'condition_concept_id',
    sourceConcept: 'condition_source_concept_id',
    sourceValue: 'condition_source_value',
    start: moments('condition_start'),
    end: moments('condition_end'),
    concepts: [],
    plain: [],
  },
  drug: {
    table: 'drug_exposure',
    key: 'drug_exposure_id',
    concept: 'drug_concept_id',
    sourceConcept: 'drug_source_concept_id',
    sourceValue: 'drug_source_value',
    start: moments('drug_exposure_start'),
    end: moments('drug_exposure_end'),
    concepts: [],
    plain: ['drug_type_concept_id', 'refills'],
  },
  procedure: {
    table: 'procedure_occurrence',
    key: 'procedure_occurrence_id',
    concept: 'procedure_concept_id',
    sourceConcept: 'procedure_source_concept_id',
    sourceValue: 'procedure_source_value',
    start: { date: 'procedure_date', datetime: 'procedure_datetime' },
    end: moments('procedure_end'),
    concepts: [],
    plain: [],
  },
  device: {
    table: 'device_exposure',
    key: 'device_exposure_id',
    concept: 'device_concept_id',
    sourceConcept: 'device_source_concept_id',
    sourceValue: 'device_source_value',
    start: moments('device_exposure_start'),
    end: moments('device_exposure_end'),
    concepts: [],
    plain: [],
  },
  measurement: {
    table: 'measurement',
    key: 'measurement_id',
    concept: 'measurement_concept_id',
    sourceConcept: 'measurement_source_concept_id',
    sourceValue: 'measurement_source_value',
    start: { date: 'measurement_date', datetime: 'measurement_datetime' },
    concepts: ['value_as_concept_id', 'unit_concept_id'],
    plain: ['value_as_number', 'operator_concept_id', 'unit_source_value'],
  },
  observation: {
    table: 'observation',
    key: 'observation_id',
    concept: 'observation_concept_id',
    sourceConcept: 'observation_source_concept_id',
    sourceValue: 'observation_source_value',
    start: { date: 'observation_date', datetime: 'observation_datetime' },
    concepts: ['value_as_concept_id', 'unit_concept_id'],
    plain: ['value_as_number', 'value_as_string', 'unit_source_value'],
  },
} as const satisfies Record<string, EventTable>;

export type EventTableName = keyof typeof eventTables;
