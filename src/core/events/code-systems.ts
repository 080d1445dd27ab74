/** A code system under the names that the standards have for it. */
export interface CodeSystem {
  /** FHIR's URI, which is how events name it. */
  readonly uri: string;
  /** `vocabulary_id` of OMOP; left out where OMOP has none. */
  readonly vocabulary?: string;
  /** What modules of the Generic Module Framework and Synthea's files call it. */
  readonly names: readonly string[];
}

/** Every code system that events may name without giving a URI. */
export const codeSystems = {
  snomed: { uri: 'http://snomed.info/sct', vocabulary: 'SNOMED', names: ['SNOMED-CT', 'SNOMED'] },
  loinc: { uri: 'http://loinc.org', vocabulary: 'LOINC', names: ['LOINC'] },
  rxNorm: {
    uri: 'http://www.nlm.nih.gov/research/umls/rxnorm',
    vocabulary: 'RxNorm',
    names: ['RxNorm', 'RXNORM'],
  },
  dmd: { uri: 'https://dmd.nhs.uk', vocabulary: 'dm+d', names: ['dm+d', 'DMD'] },
  cvx: { uri: 'http://hl7.org/fhir/sid/cvx', vocabulary: 'CVX', names: ['CVX'] },
  icd10: { uri: 'http://hl7.org/fhir/sid/icd-10', vocabulary: 'ICD10', names: ['ICD10', 'ICD-10'] },
  icd10cm: {
    uri: 'http://hl7.org/fhir/sid/icd-10-cm',
    vocabulary: 'ICD10CM',
    names: ['ICD10CM', 'ICD-10-CM'],
  },
  icd9cm: { uri: 'http://hl7.org/fhir/sid/icd-9-cm', vocabulary: 'ICD9CM', names: ['ICD9CM', 'ICD-9-CM'] },
  opcs4: {
    uri: 'https://fhir.hl7.org.uk/CodeSystem/OPCS-4',
    vocabulary: 'OPCS4',
    names: ['OPCS4', 'OPCS-4'],
  },
  ucum: { uri: 'http://unitsofmeasure.org', vocabulary: 'UCUM', names: ['UCUM'] },
  dicom: { uri: 'http://dicom.nema.org/resources/ontology/DCM', names: ['DICOM-DCM'] },
  dicomUid: { uri: 'urn:ietf:rfc:3986', names: ['DICOM-SOP'] },
  nubc: {
    uri: 'http://www.nubc.org/patient-discharge',
    vocabulary: 'UB04 Pt dis status',
    names: ['NUBC'],
  },
  dischargeDestination: {
    uri: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestinationEngland',
    vocabulary: 'NHS Discharge Destination',
    names: ['NHS-DATA-DICTIONARY'],
  },
  ethnicCategory: {
    uri: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland',
    vocabulary: 'NHS Ethnic Category',
    names: ['NHS Ethnic Category'],
  },
  raceEthnicity: {
    uri: 'urn:oid:2.16.840.1.113883.6.238',
    vocabulary: 'Race',
    names: ['CDC Race and Ethnicity'],
  },
} as const satisfies Record<string, CodeSystem>;

const byName = new Map<string, CodeSystem>(
  Object.values<CodeSystem>(codeSystems).flatMap((system) =>
    system.names.map((name) => [name, system] as const),
  ),
);

const byUri = new Map<string, CodeSystem>(
  Object.values<CodeSystem>(codeSystems).map((system) => [system.uri, system]),
);

const uriByVocabulary = new Map(
  Object.values<CodeSystem>(codeSystems).flatMap(({ vocabulary, uri }) =>
    vocabulary === undefined ? [] : [[vocabulary, uri] as const],
  ),
);

/** The system that modules and files call so; undefined where nobody does. */
export function codeSystemNamed(name: string): CodeSystem | undefined {
  return byName.get(name);
}

const vocabularyUrn = 'urn:omop:vocabulary:';

/** The URI of a vocabulary of OMOP; one that has none elsewhere is named by us. @param vocabulary its `vocabulary_id` */
export function uriOfVocabulary(vocabulary: string): string {
  return uriByVocabulary.get(vocabulary) ?? `${vocabularyUrn}${encodeURIComponent(vocabulary)}`;
}

/** The system with a URI; undefined for one that is not in {@link codeSystems} and no vocabulary of OMOP. */
export function codeSystemAt(uri: string): CodeSystem | undefined {
  if (!uri.startsWith(vocabularyUrn)) return byUri.get(uri);
  return { uri, vocabulary: decodeURIComponent(uri.slice(vocabularyUrn.length)), names: [] };
}
