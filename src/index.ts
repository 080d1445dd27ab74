/**
 * The library: what works without the service. Everything here is pure; files are read through a DuckDB that the
 * caller opens.
 */
export { Random } from './core/random/random.js';
export type { ColumnSchema, SemanticType, TableSchema } from './core/schema/schema.js';
export type { Column, Table } from './core/table/table.js';
export type { ColumnSource } from './core/table/column-source.js';
export type { DisclosureControl, Profile } from './core/profile/profile.js';
export { openDuckDb } from './core/files/duckdb.js';
export { CsvValidator } from './core/files/csv-validator.js';
export { convertCsvToParquet } from './core/files/csv-to-parquet.js';
export { inspectColumns } from './core/files/inspect-columns.js';
export { openColumns } from './core/files/open-columns.js';
export { readCdm } from './core/omop/cdm.js';
export { findTables } from './core/omop/source/find-tables.js';
export { listOmopFolder } from './core/omop/source/list-folder.js';
export { loadTables } from './core/omop/source/load-tables.js';
export { readRecords } from './core/omop/reader/read-records.js';
export { readChecks } from './evaluation/omop/read-checks.js';
export { runChecks } from './evaluation/omop/run-checks.js';
export { buildReport } from './evaluation/omop/report.js';
export type { Cdm, CdmField, CdmTable } from './core/omop/cdm.js';
export { buildProfile } from './core/profile/build-profile.js';
export { findGenerator, generators } from './generators/generators.js';
export { parseConstraints } from './generators/constraints/constraint.js';
export {
  constrainedFormats,
  fitConstrained,
  sampleConstrained,
} from './generators/constraints/constrained.js';
export { parseNewIdentifier } from './generators/identifiers/parse-new-identifier.js';
export { loadModelFile, saveModelFile } from './generators/constraints/constrained-file.js';
export type { KeyRelation } from './core/schema/key-relation.js';
export type { Dataset, DatasetTable, TimeWindow } from './generators/relational/dataset.js';
export { loadDatasetFile, saveDatasetFile } from './generators/relational/dataset-file.js';
export { relationalTrees } from './generators/relational/relational-trees.js';
export { columnOfSdv, sdvMultiTable, sdvSingleTable } from './core/schema/sdv-metadata.js';
export { resolveMethod } from './generators/method-names.js';
export { autoregressiveNetwork } from './generators/tabular/neural/autoregressive/autoregressive-network.js';
export { impute } from './generators/tabular/neural/autoregressive/impute.js';
export { recommendMethod } from './generators/recommend-method.js';
export { evaluate } from './evaluation/evaluate.js';
export { measures } from './evaluation/registry.js';
export { compareModels } from './evaluation/comparison/compare-models.js';
export { reviewProfile } from './evaluation/disclosure/review/review-profile.js';
export { describeProfile } from './evaluation/disclosure/review/describe-profile.js';
export { diffProfiles } from './evaluation/disclosure/review/diff-profiles.js';
export { differencingRisk } from './evaluation/disclosure/differencing/differencing-risk.js';
export { publishedStatistics } from './evaluation/disclosure/differencing/published-statistics.js';
export { frequencyTable } from './evaluation/disclosure/tables/table-for-release.js';
export type {
  CellRef,
  FrequencyTable,
  MagnitudeCell,
  MagnitudeTable,
} from './evaluation/disclosure/tables/table-for-release.js';
export { auditTable } from './evaluation/disclosure/tables/audit-table.js';
export { checkDegreesOfFreedom } from './evaluation/disclosure/tables/check-degrees-of-freedom.js';
export {
  checkFrequencyTable,
  primarySuppressions,
} from './evaluation/disclosure/tables/check-frequency-table.js';
export { checkMagnitudeTable } from './evaluation/disclosure/tables/check-magnitude-table.js';
export { protectTable } from './evaluation/disclosure/tables/protect-table.js';
export { checkRounding, publishTable } from './evaluation/disclosure/tables/published-table.js';
export { refuseWebhook } from './core/webhooks/signature.js';
export { exporters } from './exporters/registry.js';
export { openOmopWriter } from './exporters/omop/writer/omop-writer.js';
export type { OmopWriterOptions } from './exporters/omop/writer/omop-writer.js';
export { openVocabulary } from './exporters/omop/vocabulary/open-vocabulary.js';
export { writeCandidatePackage } from './exporters/package/write-package.js';
export { readManifest } from './exporters/package/read-manifest.js';
export type { PatientRecord, RecordSource } from './core/events/patient-record.js';
export { readMapping } from './exporters/mapping/read-mapping.js';
export { mapTables } from './exporters/mapping/map-tables.js';
export { coverageText } from './exporters/mapping/coverage-text.js';
export type { MappingCoverage } from './exporters/mapping/coverage.js';
export { readDefinitions } from './exporters/fhir-validation/definitions/read-definitions.js';
export { FhirValidator } from './exporters/fhir-validation/fhir-validator.js';
export type { Finding } from './exporters/fhir-validation/finding.js';
export type { ClinicalWriter, ReleaseFacts, WrittenClinicalFiles } from './exporters/clinical-writer.js';
export { collectionBundle } from './exporters/fhir/bundles/collection-bundle.js';
export { fhirDefaults, type FhirOptions } from './exporters/fhir/fhir-options.js';
export { deliverBundles, type Delivery, type DeliveryReport } from './exporters/delivery/deliver-bundles.js';
export { FhirWriter } from './exporters/fhir/fhir-writer.js';
export { knownSystems } from './exporters/fhir-validation/release/known-systems.js';
export { ReleaseChecker } from './exporters/fhir-validation/release/release-checker.js';
export type { Place, PlacedFinding } from './exporters/fhir-validation/release/place.js';
