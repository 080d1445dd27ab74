import type { Cdm, CdmTable } from '../../../core/omop/cdm.js';
import { openDuckDb } from '../../../core/files/duckdb.js';
import type { DuckDb } from '../../../core/files/duckdb.js';
import { fixedConcepts } from './fixed-concepts.js';
import { Vocabulary } from './vocabulary.js';
import { VocabularyError } from './vocabulary-error.js';
import { vocabularySelect } from './vocabulary-files.js';

export interface VocabularyOptions {
  readonly cdm: Cdm;
  /** `content/omop/vocabulary`: the default, and what other vocabularies are completed from. */
  readonly shippedFolder: string;
  /** A download from Athena, or the same tables as Parquet; left out: the shipped subset. */
  readonly folder?: string;
  /** An empty folder where DuckDB spills what does not fit in memory. */
  readonly workFolder: string;
}

/** The key of each table that is completed row by row from the shipped vocabulary. */
const small = {
  vocabulary: 'vocabulary_id',
  domain: 'domain_id',
  concept_class: 'concept_class_id',
  relationship: 'relationship_id',
} as const;

/** Rows that are OMOP's own bookkeeping and the same in every vocabulary. */
const ownVocabularies = ['None', 'Domain', 'Vocabulary', 'Concept Class', 'Relationship', 'CDM', 'Metadata']
  .map((name) => `'${name}'`)
  .join(', ');

/**
 * Reads a vocabulary into a DuckDB of its own. What the configured folder lacks of OMOP's own rows (types, genders,
 * visits, names of domains) comes from the shipped one; terminologies are never mixed.
 * @throws {VocabularyError} when a file is missing or cannot be read
 */
export async function openVocabulary(options: VocabularyOptions): Promise<Vocabulary> {
  const { shippedFolder, folder = shippedFolder, workFolder } = options;
  const db = await openDuckDb({ allowedDirectories: [folder, shippedFolder], tempDirectory: workFolder });
  try {
    await loadTables(db, { ...options, folder });
    return await Vocabulary.over(db, folder === shippedFolder ? 'shipped subset' : 'configured');
  } catch (error) {
    db.close();
    if (error instanceof VocabularyError) throw error;
    throw new VocabularyError(
      folder,
      `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function loadTables(db: DuckDb, options: VocabularyOptions & { folder: string }): Promise<void> {
  const { folder, shippedFolder, cdm } = options;
  const isShipped = folder === shippedFolder;
  const load = async (name: string, filter: string, complete: string | null): Promise<void> => {
    const table = tableNamed(cdm, name);
    const own = await vocabularySelect(folder, table);
    if (own === null && complete === null)
      throw new VocabularyError(folder, `has no ${name.toUpperCase()} file`);
    const parts = own === null ? [] : [`SELECT * FROM (${own}) WHERE ${filter}`];
    const shipped = isShipped ? null : await vocabularySelect(shippedFolder, table);
    await db.query(`CREATE TABLE ${name} AS ${parts[0] ?? emptyOf(table)}`);
    if (shipped !== null && complete !== null)
      await db.query(`INSERT INTO ${name} SELECT * FROM (${shipped}) fresh WHERE ${complete}`);
  };
  await load(
    'concept',
    'true',
    isShipped
      ? null
      : `(concept_id IN (${fixedConcepts.join(', ')}) OR vocabulary_id IN (${ownVocabularies}))
         AND concept_id NOT IN (SELECT concept_id FROM concept)`,
  );
  await load(
    'concept_relationship',
    `relationship_id = 'Maps to' AND invalid_reason IS NULL`,
    isShipped ? null : 'false',
  );
  for (const [name, key] of Object.entries(small))
    await load(name, 'true', `${key} NOT IN (SELECT ${key} FROM ${name})`);
  await load('source_to_concept_map', 'invalid_reason IS NULL', 'true');
  await load('concept_ancestor', 'true', 'false');
  await db.query('CREATE TABLE lookup AS SELECT * FROM concept ORDER BY vocabulary_id, concept_code');
}

function emptyOf(table: CdmTable): string {
  const types = {
    integer: 'INTEGER',
    float: 'DOUBLE',
    date: 'DATE',
    datetime: 'TIMESTAMP',
    varchar: 'VARCHAR',
  };
  const columns = table.fields.map(({ name, type }) => `CAST(NULL AS ${types[type]}) AS "${name}"`);
  return `SELECT ${columns.join(', ')} WHERE false`;
}

function tableNamed(cdm: Cdm, name: string): CdmTable {
  const table = cdm.get(name);
  if (table === undefined) throw new Error(`The model has no table "${name}".`);
  return table;
}
