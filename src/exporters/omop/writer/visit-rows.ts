import type { Coded } from '../../../core/events/coded.js';
import type { Encounter, EncounterClass, Stay } from '../../../core/events/encounter.js';
import type { Moment } from '../../../core/events/moment.js';
import type { Cell } from '../rows/cell-text.js';
import type { RowTemplate } from '../rows/row-template.js';
import { stayConcepts, typeConcepts, visitConcepts } from '../vocabulary/fixed-concepts.js';
import type { DirectoryIds } from './directory-ids.js';
import type { Life, VisitRef } from './life.js';
import { timeCell } from './life.js';
import type { OmopTables } from './omop-tables.js';
import type { UsedConcepts } from './used-concepts.js';

const visitSlots = [
  ...['visit_occurrence_id', 'person_id', 'visit_concept_id', 'visit_start_date', 'visit_start_datetime'],
  ...['visit_end_date', 'visit_end_datetime', 'provider_id', 'care_site_id', 'visit_source_value'],
  ...['visit_source_concept_id', 'admitted_from_concept_id', 'admitted_from_source_value'],
  ...['discharged_to_concept_id', 'discharged_to_source_value'],
];

const detailSlots = [
  ...['visit_detail_id', 'person_id', 'visit_detail_concept_id', 'visit_detail_start_date'],
  ...['visit_detail_start_datetime', 'visit_detail_end_date', 'visit_detail_end_datetime', 'provider_id'],
  ...['care_site_id', 'visit_detail_source_value', 'preceding_visit_detail_id', 'visit_occurrence_id'],
];

/** Those who are there stay there until they leave; other contacts are over on the day. */
const lasting: ReadonlySet<EncounterClass> = new Set(['inpatient', 'hospice', 'nursing-facility']);

/** Rows of visit_occurrence, one an encounter of whatever class, and of visit_detail, one a stay. */
export class VisitRows {
  readonly #visit: RowTemplate;
  readonly #detail: RowTemplate;

  constructor(
    readonly tables: OmopTables,
    readonly concepts: UsedConcepts,
    readonly directory: DirectoryIds,
  ) {
    const type = concepts.mark(typeConcepts.encounter);
    this.#visit = tables.template('visit_occurrence', {
      constants: { visit_type_concept_id: type },
      slots: visitSlots,
    });
    this.#detail = tables.template('visit_detail', {
      constants: { visit_detail_type_concept_id: type },
      slots: detailSlots,
    });
  }

  /** Writes the visit with its stays and tells the life of it. */
  write(encounter: Encounter, life: Life): void {
    const file = this.tables.file('visit_occurrence');
    const id = file.nextId;
    const { start, codes, class: visitClass, organisation } = encounter;
    if (life.visits.has(encounter.key))
      file.refuse('visit_occurrence_id', `two encounters of a record have the key "${encounter.key}"`);
    const end = endOf(encounter, life.until);
    const provider = this.directory.practitioner(encounter.practitioner);
    const mapping = this.concepts.useBest(codes);
    file.add(this.#visit, [
      ...[id, life.id, this.concepts.mark(visitConcepts[visitClass])],
      ...[
        start.ms,
        timeCell(start),
        end.ms,
        timeCell(end),
        provider,
        this.directory.organisation(organisation),
      ],
      // The class, which several concepts are not as fine as; its code has no other place than the concept.
      ...[visitClass, mapping ? this.concepts.source(mapping) : null],
      ...[...this.#place(encounter.admittedFrom), ...this.#place(encounter.dischargedTo)],
    ]);
    life.see(start.ms, end.ms);
    life.visits.set(encounter.key, {
      id,
      provider,
      stays: this.#writeStays(encounter, life, { id, provider, end }),
    });
  }

  #place(coded: Coded | undefined): readonly [Cell, Cell] {
    return coded === undefined
      ? [null, null]
      : [this.concepts.standard(this.concepts.use(coded), 'Visit'), coded.code];
  }

  #writeStays(
    { stays }: Encounter,
    life: Life,
    visit: { readonly id: number; readonly provider: number | null; readonly end: Moment },
  ): VisitRef['stays'] {
    const file = this.tables.file('visit_detail');
    let preceding: number | null = null;
    return stays.map((stay: Stay) => {
      const id = file.nextId;
      const { start, end = visit.end } = stay;
      file.add(this.#detail, [
        ...[id, life.id, this.concepts.mark(stayConcepts[stay.kind]), start.ms, timeCell(start)],
        ...[end.ms, timeCell(end), visit.provider, this.directory.place(stay.location), stay.kind],
        ...[preceding, visit.id],
      ]);
      preceding = id;
      return { id, start: start.ms, end: end.ms };
    });
  }
}

/** When a visit ended; required, so that one that lasts ends with what is known. */
function endOf({ start, end, class: visitClass }: Encounter, until: number): Moment {
  if (end) return end;
  if (!lasting.has(visitClass) || until < start.ms) return start;
  return { ms: until, precision: 'day' };
}
