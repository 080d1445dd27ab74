import type { CdmField, CdmTable } from '../../core/omop/cdm.js';
import type { SemanticType } from '../../core/schema/schema.js';

/**
 * The tables that are learned: what is recorded of a person. Eras follow from the others, notes are free text, and what
 * persons share (places, people who work there) is no part of anybody's record.
 */
export const learnedTables = [
  ...['person', 'observation_period', 'visit_occurrence', 'visit_detail', 'condition_occurrence'],
  ...['drug_exposure', 'procedure_occurrence', 'device_exposure', 'measurement', 'observation', 'death'],
];

/** The keys by which one learned table names another. */
export function learnedKeys({ fields, name: table }: CdmTable): readonly CdmField[] {
  return fields.filter(({ name, references }) => {
    const parent = references?.table;
    if (parent === table) return false;
    return (
      (parent === 'person' && name === 'person_id') ||
      (parent === 'visit_occurrence' && name === 'visit_occurrence_id')
    );
  });
}

/** What a field is to a generator; null: it is not learned. */
export function learnedType(field: CdmField, { fields, primaryKey }: CdmTable): SemanticType | null {
  const { name, type } = field;
  if (name === primaryKey) return 'identifier';
  switch (type) {
    case 'integer':
      if (name.endsWith('_concept_id')) return 'category';
      return field.references !== undefined || name.endsWith('_id') ? null : 'integer';
    case 'float':
      return 'number';
    case 'date':
      return 'date';
    case 'datetime':
      // The date is there too, and two columns that say the same must not be drawn apart.
      return fields.some((each) => each.name === name.replace(/time$/, '')) ? null : 'datetime';
    case 'varchar':
      return null;
  }
}
