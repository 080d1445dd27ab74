import type { NoteEvent } from '../../../core/events/patient-event.js';
import type { RowTemplate } from '../rows/row-template.js';
import { noMatchingConcept, typeConcepts } from '../vocabulary/fixed-concepts.js';
import type { Life } from './life.js';
import { timeCell } from './life.js';
import type { OmopTables } from './omop-tables.js';
import type { UsedConcepts } from './used-concepts.js';

/** Rows of note. Encoding and language are required, and 0: the events do not say them. */
export class NoteRows {
  readonly #template: RowTemplate;

  constructor(
    readonly tables: OmopTables,
    readonly concepts: UsedConcepts,
  ) {
    this.#template = tables.template('note', {
      constants: {
        note_type_concept_id: concepts.mark(typeConcepts.ehr),
        encoding_concept_id: noMatchingConcept,
        language_concept_id: noMatchingConcept,
      },
      slots: [
        ...['note_id', 'person_id', 'note_date', 'note_datetime', 'note_class_concept_id', 'note_title'],
        ...['note_text', 'provider_id', 'visit_occurrence_id', 'note_source_value'],
      ],
    });
  }

  write({ codes, start, text, encounter }: NoteEvent, life: Life): void {
    const file = this.tables.file('note');
    const mapping = this.concepts.useBest(codes);
    const visit = encounter === undefined ? undefined : life.visits.get(encounter);
    if (encounter !== undefined && visit === undefined)
      file.refuse('visit_occurrence_id', `the record has no encounter "${encounter}"`);
    file.add(this.#template, [
      ...[
        file.nextId,
        life.id,
        start.ms,
        timeCell(start),
        mapping ? this.concepts.standard(mapping) : noMatchingConcept,
      ],
      ...[mapping?.coded.display ?? null, text, visit?.provider ?? null, visit?.id ?? null],
      mapping?.coded.code ?? null,
    ]);
    life.see(start.ms);
  }
}
