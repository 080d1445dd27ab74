import type { Coded } from '../../../core/events/coded.js';
import { codeSystemAt, codeSystems } from '../../../core/events/code-systems.js';
import type { DuckDb, Row } from '../../../core/files/duckdb.js';
import { textLiteral } from '../../../core/files/sql-literal.js';
import type { Concept, Mapping } from './concept.js';

/** Systems whose codes are in more than one vocabulary. */
const moreVocabularies: Readonly<Record<string, readonly string[]>> = {
  [codeSystems.rxNorm.uri]: ['RxNorm Extension'],
};

/**
 * Codes of sources to concepts of OMOP. Codes are resolved some at a time, with one query, and remembered: memory is that
 * of the different codes of a release.
 */
export class Vocabulary {
  readonly #mappings = new Map<string, Map<string, Mapping>>();
  readonly #ingredients = new Map<number, readonly number[]>();

  private constructor(
    readonly db: DuckDb,
    /** Where it is from, in words. */
    readonly origin: string,
    /** `vocabulary_version`, such as "v5.0 29-FEB-24". */
    readonly version: string,
    /** Whether it says which ingredients a drug has. */
    readonly hasAncestors: boolean,
  ) {}

  static async over(db: DuckDb, origin: string): Promise<Vocabulary> {
    const { version } = await db.queryOne(
      `SELECT coalesce(max(vocabulary_version), 'unknown') AS version FROM vocabulary WHERE vocabulary_id = 'None'`,
    );
    const { rows } = await db.queryOne('SELECT count(*) AS rows FROM concept_ancestor');
    return new Vocabulary(db, origin, String(version), Number(rows) > 0);
  }

  /** What a code is; undefined as long as it has not been resolved. */
  find(coded: Coded): Mapping | undefined {
    return this.#mappings.get(coded.system)?.get(coded.code);
  }

  /** Every code that was resolved, in no order. */
  *mappings(): Iterable<Mapping> {
    for (const codes of this.#mappings.values()) yield* codes.values();
  }

  /** After this, {@link find} knows these codes. */
  async resolve(codes: readonly Coded[]): Promise<void> {
    const asked = [...new Map(codes.map((coded) => [`${coded.system}\n${coded.code}`, coded])).values()];
    const found = await this.#query(asked);
    for (const [index, coded] of asked.entries()) {
      const vocabulary = codeSystemAt(coded.system)?.vocabulary;
      const { source = null, targets = [] } = found.get(index) ?? {};
      this.#remember({
        coded,
        ...(vocabulary === undefined ? {} : { vocabulary }),
        source,
        targets,
        uses: 0,
      });
    }
  }

  /** The ingredients of drugs, after one query for those that are not known yet. */
  async ingredientsOf(drugs: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>> {
    const unknown = drugs.filter((id) => !this.#ingredients.has(id));
    if (unknown.length > 0 && this.hasAncestors) {
      const rows = await this.db.query(
        `SELECT a.descendant_concept_id AS drug, a.ancestor_concept_id AS ingredient FROM concept_ancestor a
         JOIN concept c ON c.concept_id = a.ancestor_concept_id
         WHERE a.descendant_concept_id IN (${unknown.join(', ')}) AND c.concept_class_id = 'Ingredient'
           AND c.standard_concept = 'S' AND c.invalid_reason IS NULL AND c.domain_id = 'Drug' ORDER BY ALL`,
      );
      for (const drug of unknown)
        this.#ingredients.set(
          drug,
          rows.filter((row) => row['drug'] === drug).map((row) => Number(row['ingredient'])),
        );
    }
    return this.#ingredients;
  }

  close(): void {
    this.db.close();
  }

  #remember(mapping: Mapping): void {
    const { system, code } = mapping.coded;
    const codes = this.#mappings.get(system) ?? new Map<string, Mapping>();
    codes.set(code, mapping);
    this.#mappings.set(system, codes);
  }

  /** Concepts and targets by the place of the code among those asked for. */
  async #query(asked: readonly Coded[]): Promise<Map<number, { source: number | null; targets: Concept[] }>> {
    const values = asked.flatMap(({ system, code }, index) => {
      const vocabulary = codeSystemAt(system)?.vocabulary;
      const all = vocabulary === undefined ? [] : [vocabulary, ...(moreVocabularies[system] ?? [])];
      return all.map((each) => `(${index}, ${textLiteral(each)}, ${textLiteral(code)})`);
    });
    const found = new Map<number, { source: number | null; targets: Concept[] }>();
    if (values.length === 0) return found;
    for (const row of await this.db.query(lookupSql(values))) collect(found, row);
    return found;
  }

  /** The rows of the vocabulary's tables that a release needs for its references to hold; see `vocabulary-rows.ts`. */
  async rows(sql: string): Promise<Row[]> {
    return this.db.query(sql);
  }
}

function collect(found: Map<number, { source: number | null; targets: Concept[] }>, row: Row): void {
  const index = Number(row['asked']);
  const entry = found.get(index) ?? {
    source: row['source'] === null ? null : Number(row['source']),
    targets: [],
  };
  if (row['target'] !== null)
    entry.targets.push({ id: Number(row['target']), domain: String(row['domain']) });
  found.set(index, entry);
}

/** A code's concept (the valid one before others) with its standard concepts; else what the local map says of it. */
function lookupSql(values: readonly string[]): string {
  return `WITH asked(asked, vocabulary, code) AS (VALUES ${values.join(', ')}),
    own AS (
      SELECT asked, c.* FROM asked JOIN lookup c ON c.vocabulary_id = vocabulary AND c.concept_code = code
      QUALIFY row_number() OVER (PARTITION BY asked ORDER BY c.invalid_reason NULLS FIRST, c.concept_id) = 1),
    mapped AS (
      SELECT asked, concept_id AS source, r.concept_id_2 AS target FROM own
      JOIN concept_relationship r ON r.concept_id_1 = concept_id
      UNION SELECT asked, concept_id, concept_id FROM own WHERE standard_concept = 'S' AND invalid_reason IS NULL
        AND NOT EXISTS (FROM concept_relationship r WHERE r.concept_id_1 = concept_id)
      UNION SELECT a.asked, nullif(m.source_concept_id, 0), m.target_concept_id FROM asked a
      JOIN source_to_concept_map m ON m.source_vocabulary_id = vocabulary AND m.source_code = code
      WHERE NOT EXISTS (FROM own WHERE own.asked = a.asked)),
    valid AS (
      SELECT m.asked, t.concept_id AS target, t.domain_id AS domain FROM mapped m
      JOIN concept t ON t.concept_id = m.target
      WHERE t.standard_concept = 'S' AND t.invalid_reason IS NULL)
    SELECT DISTINCT coalesce(own.asked, valid.asked) AS asked, own.concept_id AS source, valid.target, valid.domain
    FROM own FULL JOIN valid ON own.asked = valid.asked ORDER BY asked, target`;
}
