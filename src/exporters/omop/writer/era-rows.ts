import { msPerDay } from '../../../core/time/units.js';
import type { RowTemplate } from '../rows/row-template.js';
import { typeConcepts } from '../vocabulary/fixed-concepts.js';
import { erasOf } from './eras.js';
import type { Exposure, Life } from './life.js';
import type { OmopTables } from './omop-tables.js';
import type { UsedConcepts } from './used-concepts.js';

/** Rows that are derived from a whole life: observation_period, condition_era and drug_era. */
export class EraRows {
  readonly #period: RowTemplate;
  readonly #condition: RowTemplate;
  readonly #drug: RowTemplate;

  constructor(
    readonly tables: OmopTables,
    readonly concepts: UsedConcepts,
  ) {
    const era = (kind: string, count: string): string[] => [
      ...[
        `${kind}_era_id`,
        'person_id',
        `${kind}_concept_id`,
        `${kind}_era_start_date`,
        `${kind}_era_end_date`,
      ],
      count,
    ];
    this.#period = tables.template('observation_period', {
      constants: { period_type_concept_id: concepts.mark(typeConcepts.derived) },
      slots: [
        ...['observation_period_id', 'person_id', 'observation_period_start_date'],
        'observation_period_end_date',
      ],
    });
    this.#condition = tables.template('condition_era', {
      constants: {},
      slots: era('condition', 'condition_occurrence_count'),
    });
    this.#drug = tables.template('drug_era', {
      constants: {},
      slots: [...era('drug', 'drug_exposure_count'), 'gap_days'],
    });
  }

  /** Drug eras are of ingredients, and there are none where the vocabulary does not know them. */
  async write(life: Life): Promise<void> {
    const periods = this.tables.file('observation_period');
    const { first, last } = life.observed;
    periods.add(this.#period, [periods.nextId, life.id, first, last]);
    const conditions = this.tables.file('condition_era');
    for (const { concept, firstDay, lastDay, count } of erasOf(life.conditions))
      conditions.add(this.#condition, [
        ...[conditions.nextId, life.id, concept, firstDay * msPerDay, lastDay * msPerDay, count],
      ]);
    if (!this.concepts.vocabulary.hasAncestors || life.drugs.length === 0) return;
    const drugs = this.tables.file('drug_era');
    for (const { concept, firstDay, lastDay, count, gapDays } of erasOf(await this.#ingredients(life.drugs)))
      drugs.add(this.#drug, [
        ...[drugs.nextId, life.id, this.concepts.mark(concept), firstDay * msPerDay, lastDay * msPerDay],
        ...[count, gapDays],
      ]);
  }

  async #ingredients(drugs: readonly Exposure[]): Promise<Exposure[]> {
    const known = await this.concepts.vocabulary.ingredientsOf(drugs.map(({ concept }) => concept));
    return drugs.flatMap((exposure) =>
      (known.get(exposure.concept) ?? []).map((concept) => ({ ...exposure, concept })),
    );
  }
}
