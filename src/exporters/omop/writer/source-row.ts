import type { ReleaseFacts } from '../../clinical-writer.js';
import { disclaimer } from '../../package/disclaimer.js';
import { cdmVersionConcept } from '../vocabulary/fixed-concepts.js';
import type { OmopTables } from './omop-tables.js';
import type { UsedConcepts } from './used-concepts.js';

/** The one row of cdm_source: that the data are synthetic, of which tier, release and generator. */
export function writeSourceRow(tables: OmopTables, concepts: UsedConcepts, facts: ReleaseFacts): void {
  const { title, tier, releaseId, generator, madeOn } = facts;
  const made = `${generator.name} ${generator.version}`;
  const constants = {
    cdm_source_name: `SYNTHETIC: ${title}`,
    cdm_source_abbreviation: 'SYNTHETIC',
    cdm_holder: 'picketfence',
    source_description: `Synthetic data, tier ${tier}, release ${releaseId}, made by ${made}. ${disclaimer}`,
    cdm_etl_reference: made,
    source_release_date: madeOn,
    cdm_release_date: madeOn,
    cdm_version: 'v5.4',
    cdm_version_concept_id: concepts.mark(cdmVersionConcept),
    vocabulary_version: concepts.vocabulary.version,
  };
  tables.file('cdm_source').add(tables.template('cdm_source', { constants, slots: [] }), []);
}
