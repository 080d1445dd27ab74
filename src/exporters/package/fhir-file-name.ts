const pattern = /-fhir-([A-Z][A-Za-z]+)(?:-\d{4,})?\.ndjson$/;

/** The name, in a package, of a file with FHIR resources of one type. @param file as the FHIR writer calls it */
export function fhirFileName(base: string, file: string): string {
  return `${base}-fhir-${file}`;
}

/** The type of the resources of a file that {@link fhirFileName} named; null for another file. */
export function fhirTypeOf(name: string): string | null {
  return pattern.exec(name)?.[1] ?? null;
}
