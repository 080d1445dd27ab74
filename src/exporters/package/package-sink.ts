/** Where a package is written to: quarantine, a directory. */
export interface PackageSink {
  /** Reads `bytes` to its end and stores it under `name`; answers with what was stored. Files come side by side. */
  writeFile(name: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile>;
}

export interface StoredFile {
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** Absolute; where the bytes can be read again while the package is written. Asked for by whoever reads them. */
  path(): Promise<string>;
}
