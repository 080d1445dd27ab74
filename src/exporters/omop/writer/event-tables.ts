import type { Cell } from '../rows/cell-text.js';
import type { EventTable, Happening } from './happening.js';
import { timeCell } from './life.js';
import type { UnitCells, ValueCells } from './value-cells.js';

/** What every row of an event says of its circumstances. */
export interface Circumstances {
  readonly id: number;
  readonly person: number;
  readonly provider: Cell;
  readonly visit: Cell;
  readonly detail: Cell;
}

/** How one table says what happened. */
export interface EventLayout {
  /** What the names of its concept fields begin with. */
  readonly prefix: string;
  readonly slots: readonly string[];
  /** Fields of the unit, which are constants of a template. */
  unit(unit: UnitCells): Readonly<Record<string, Cell>>;
  /** In the order of `slots`. */
  values(at: Circumstances, happening: Happening, value: ValueCells): Cell[];
}

const circumstanceSlots = ['person_id', 'provider_id', 'visit_occurrence_id', 'visit_detail_id'];
const circumstances = ({ person, provider, visit, detail }: Circumstances): Cell[] => [
  ...[person, provider, visit, detail],
];
const span = (prefix: string): string[] =>
  ['start_date', 'start_datetime', 'end_date', 'end_datetime'].map((name) => `${prefix}_${name}`);
const spanCells = ({ start, end }: Happening): Cell[] => [
  ...[start.ms, timeCell(start), end?.ms ?? null, end ? timeCell(end) : null],
];
const noUnitFields = (): Record<string, Cell> => ({});

export const eventLayouts: Readonly<Record<EventTable, EventLayout>> = {
  condition_occurrence: {
    prefix: 'condition',
    slots: ['condition_occurrence_id', ...circumstanceSlots, ...span('condition')],
    unit: noUnitFields,
    values: (at, happening) => [at.id, ...circumstances(at), ...spanCells(happening)],
  },
  drug_exposure: {
    prefix: 'drug',
    slots: [
      ...['drug_exposure_id', ...circumstanceSlots, ...span('drug_exposure')],
      ...['verbatim_end_date', 'refills', 'days_supply', 'sig'],
    ],
    unit: noUnitFields,
    values: (at, happening) => {
      const { drug, start } = happening;
      const end = drug?.end ?? happening.end ?? start;
      return [
        ...[at.id, ...circumstances(at), ...spanCells({ ...happening, end }), drug?.verbatimEnd ?? null],
        ...[drug?.refills ?? null, drug?.daysSupply ?? null, drug?.sig ?? null],
      ];
    },
  },
  procedure_occurrence: {
    prefix: 'procedure',
    slots: [
      ...['procedure_occurrence_id', ...circumstanceSlots, 'procedure_date', 'procedure_datetime'],
      ...['procedure_end_date', 'procedure_end_datetime'],
    ],
    unit: noUnitFields,
    values: (at, happening) => [at.id, ...circumstances(at), ...spanCells(happening)],
  },
  device_exposure: {
    prefix: 'device',
    slots: [
      ...['device_exposure_id', ...circumstanceSlots, ...span('device_exposure'), 'unique_device_id'],
      'quantity',
    ],
    unit: noUnitFields,
    values: (at, happening) => [
      ...[at.id, ...circumstances(at), ...spanCells(happening)],
      ...[happening.device?.udi ?? null, happening.device?.quantity ?? null],
    ],
  },
  measurement: {
    prefix: 'measurement',
    slots: [
      ...['measurement_id', 'person_id', 'provider_id', 'visit_occurrence_id', 'visit_detail_id'],
      ...['measurement_date', 'measurement_datetime', 'operator_concept_id', 'value_as_number'],
      ...['value_as_concept_id', 'value_source_value'],
    ],
    unit: ({ concept, sourceValue, sourceConcept }) => ({
      unit_concept_id: concept,
      unit_source_value: sourceValue,
      unit_source_concept_id: sourceConcept,
    }),
    // One flat list: this is the table with by far the most rows.
    values: (
      { id, person, provider, visit, detail },
      { start },
      { operator, number, concept, sourceValue },
    ) => [
      ...[
        id,
        person,
        provider,
        visit,
        detail,
        start.ms,
        timeCell(start),
        operator,
        number,
        concept,
        sourceValue,
      ],
    ],
  },
  observation: {
    prefix: 'observation',
    slots: [
      ...['observation_id', ...circumstanceSlots, 'observation_date', 'observation_datetime'],
      ...['value_as_number', 'value_as_string', 'value_as_concept_id', 'value_source_value'],
    ],
    unit: ({ concept, sourceValue }) => ({ unit_concept_id: concept, unit_source_value: sourceValue }),
    values: (at, { start }, { number, text, concept, sourceValue }) => [
      ...[at.id, ...circumstances(at), start.ms, timeCell(start), number, text, concept, sourceValue],
    ],
  },
};
