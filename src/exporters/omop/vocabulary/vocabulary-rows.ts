import type { CdmTable } from '../../../core/omop/cdm.js';
import { textLiteral } from '../../../core/files/sql-literal.js';
import type { Cell } from '../rows/cell-text.js';
import type { Vocabulary } from './vocabulary.js';
import { VocabularyError } from './vocabulary-error.js';

/** The tables that {@link vocabularyRows} gives rows of; the others of the vocabulary stay empty. */
export const vocabularyTables = [
  ...['concept', 'vocabulary', 'domain', 'concept_class', 'relationship', 'concept_relationship'],
  ...['concept_ancestor', 'source_to_concept_map'],
] as const;

/** From a concept to the concepts that name its domain, vocabulary and class, which are concepts as well. */
const namingConcepts = `
  SELECT d.domain_concept_id AS id FROM concept c JOIN used USING (concept_id) JOIN domain d USING (domain_id)
  UNION SELECT v.vocabulary_concept_id FROM concept c JOIN used USING (concept_id) JOIN vocabulary v USING (vocabulary_id)
  UNION SELECT k.concept_class_concept_id FROM concept c JOIN used USING (concept_id)
    JOIN concept_class k USING (concept_class_id)
  UNION SELECT relationship_concept_id FROM relationship WHERE relationship_id IN ('Maps to', 'Mapped from')
  UNION SELECT vocabulary_concept_id FROM vocabulary WHERE vocabulary_id = 'None'`;

const conditions: Readonly<Record<string, string>> = {
  concept: 'concept_id IN (FROM used)',
  vocabulary: `vocabulary_id = 'None' OR vocabulary_id IN (SELECT vocabulary_id FROM concept JOIN used USING (concept_id))`,
  domain: 'domain_id IN (SELECT domain_id FROM concept JOIN used USING (concept_id))',
  concept_class: 'concept_class_id IN (SELECT concept_class_id FROM concept JOIN used USING (concept_id))',
  relationship: `relationship_id IN ('Maps to', 'Mapped from')`,
  concept_ancestor: 'descendant_concept_id IN (FROM used) AND ancestor_concept_id IN (FROM used)',
  source_to_concept_map: `target_concept_id IN (FROM used) AND target_vocabulary_id IN
    (SELECT vocabulary_id FROM concept JOIN used USING (concept_id))
    AND EXISTS (FROM asked WHERE vocabulary = source_vocabulary_id AND code = source_code)`,
};

/**
 * Makes ready what {@link vocabularyRows} reads: the concepts that a release uses, those that these are named by, and the
 * codes that it asked for.
 * @throws {VocabularyError} for a concept that the vocabulary does not have
 */
export async function gatherUsed(vocabulary: Vocabulary, used: ReadonlySet<number>): Promise<void> {
  const { db } = vocabulary;
  await db.query(
    `CREATE OR REPLACE TABLE used AS SELECT unnest([${[...used].join(', ')}]::INTEGER[]) AS concept_id`,
  );
  for (let before = -1, now = used.size; now !== before;) {
    before = now;
    await db.query(
      `INSERT INTO used SELECT DISTINCT id FROM (${namingConcepts}) WHERE id NOT IN (FROM used)`,
    );
    now = Number((await db.queryOne('SELECT count(*) AS rows FROM used'))['rows']);
  }
  const missing = await db.query(
    'SELECT concept_id FROM used WHERE concept_id NOT IN (SELECT concept_id FROM concept)',
  );
  if (missing[0])
    throw new VocabularyError(
      vocabulary.origin,
      `has no row for concept ${String(missing[0]['concept_id'])}`,
    );
  const codes = [...vocabulary.mappings()].flatMap(({ coded, vocabulary: name, uses }) =>
    name === undefined || uses === 0 ? [] : [`(${textLiteral(name)}, ${textLiteral(coded.code)})`],
  );
  await db.query('CREATE OR REPLACE TABLE asked (vocabulary VARCHAR, code VARCHAR)');
  if (codes.length > 0) await db.query(`INSERT INTO asked VALUES ${codes.join(', ')}`);
}

/** The rows of one table of the vocabulary, in the order of its fields; after {@link gatherUsed}. */
export async function vocabularyRows(vocabulary: Vocabulary, table: CdmTable): Promise<Cell[][]> {
  const cells = table.fields.map(({ name, type }) =>
    type === 'date'
      ? `epoch_ms(${name})::DOUBLE AS ${name}`
      : type === 'varchar'
        ? name
        : `${name}::DOUBLE AS ${name}`,
  );
  const rows = await vocabulary.rows(`SELECT ${cells.join(', ')} FROM ${sourceOf(table.name)} ORDER BY ALL`);
  return rows.map((row) => table.fields.map(({ name }) => row[name] as Cell));
}

function sourceOf(table: string): string {
  if (table !== 'concept_relationship') return `${table} WHERE ${conditions[table] ?? 'false'}`;
  const valid = 'valid_start_date, valid_end_date, invalid_reason';
  const both = `concept_relationship WHERE concept_id_1 IN (FROM used) AND concept_id_2 IN (FROM used)`;
  return `(SELECT concept_id_1, concept_id_2, relationship_id, ${valid} FROM ${both} UNION ALL
    SELECT concept_id_2 AS concept_id_1, concept_id_1 AS concept_id_2, 'Mapped from' AS relationship_id, ${valid} FROM ${both})`;
}
