import { nhsNumberSystem } from '../../core/events/nhs-number.js';
const hl7 = 'http://terminology.hl7.org/CodeSystem';

/** URIs of what the resources name besides the codes of the record. */
export const systems = {
  actReason: `${hl7}/v3-ActReason`,
  actCode: `${hl7}/v3-ActCode`,
  dataOperation: `${hl7}/v3-DataOperation`,
  roleCode: `${hl7}/v3-RoleCode`,
  allergyClinical: `${hl7}/allergyintolerance-clinical`,
  allergyVerification: `${hl7}/allergyintolerance-verification`,
  conditionCategory: `${hl7}/condition-category`,
  conditionClinical: `${hl7}/condition-clinical`,
  conditionVerification: `${hl7}/condition-ver-status`,
  courseOfTherapy: `${hl7}/medicationrequest-course-of-therapy`,
  dataAbsent: `${hl7}/data-absent-reason`,
  diagnosticService: `${hl7}/v2-0074`,
  observationCategory: `${hl7}/observation-category`,
  organisationType: `${hl7}/organization-type`,
  physicalType: `${hl7}/location-physical-type`,
  provenanceAgent: `${hl7}/provenance-participant-type`,
  /** Of the product: the tiers, and the ids of releases. `.invalid` is nobody's (RFC 2606). */
  tier: 'https://picketfence.invalid/fhir/CodeSystem/tier',
  release: 'https://picketfence.invalid/fhir/CodeSystem/release',
  dicomUid: 'urn:dicom:uid',
  languages: 'urn:ietf:bcp:47',
  nhsNumber: nhsNumberSystem,
} as const;

export const ethnicCategoryExtension =
  'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory';
