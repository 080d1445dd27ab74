/** Which profiles resources claim: UK Core (the STU3 sequence) with its extensions, or R4 and nothing beyond. */
export type FhirProfiles = 'uk-core' | 'base';

export type FhirShape = 'ndjson' | 'bundles';

export interface FhirOptions {
  readonly profiles: FhirProfiles;
  /** One file a type with a Bulk Data manifest, transactions to post, or both. */
  readonly shapes: readonly FhirShape[];
  /**
   * Where the release is served from, without a slash at its end. Urls in the Bulk manifest are absolute with it and
   * relative to the manifest without.
   */
  readonly baseUrl?: string;
  /** A file of NDJSON is followed by another when it has reached so many bytes. */
  readonly partBytesMax: number;
  /** A bundle is followed by another when it has reached either. */
  readonly bundleEntriesMax: number;
  readonly bundleBytesMax: number;
}

export const fhirDefaults: FhirOptions = {
  profiles: 'uk-core',
  shapes: ['ndjson'],
  partBytesMax: 1 << 30,
  bundleEntriesMax: 500,
  bundleBytesMax: 2 << 20,
};
