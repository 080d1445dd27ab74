import { fhirTypeOf } from '../../exporters/package/fhir-file-name.js';
import type { PackageFile } from '../generation/index.js';

/** A file of a release with resources of one type, one a line. */
export interface FhirFile {
  readonly type: string;
  readonly file: PackageFile;
}

/** The files of a release that hold FHIR resources, in the order of their names. */
export function fhirFilesOf(files: readonly PackageFile[]): FhirFile[] {
  return files
    .flatMap((file) => {
      const type = fhirTypeOf(file.name);
      return type === null ? [] : [{ type, file }];
    })
    .sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
}
