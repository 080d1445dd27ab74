/** Where a package is written to: quarantine, a directory, memory. */
export interface PackageSink {
  /** Reads `bytes` to its end and stores it under `name`; answers with what was stored. */
  writeFile(name: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile>;
}

interface StoredFile {
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}
