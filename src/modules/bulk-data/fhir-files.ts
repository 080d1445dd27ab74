import type { PackageFile } from '../generation/index.js';

/** A file of a release with resources of one type, one a line. */
export interface FhirFile {
  readonly type: string;
  readonly file: PackageFile;
}

const pattern = /-fhir-([A-Z][A-Za-z]+)(?:-\d{4,})?\.ndjson$/;

/** The files of a release that hold FHIR resources, in the order of their names. */
export function fhirFilesOf(files: readonly PackageFile[]): FhirFile[] {
  return files
    .flatMap((file) => {
      const type = pattern.exec(file.name)?.[1];
      return type === undefined ? [] : [{ type, file }];
    })
    .sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
}
