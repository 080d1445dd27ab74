import { access, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { convertCsvToParquet } from '../../core/files/csv-to-parquet.js';
import { type DuckDb, openDuckDb } from '../../core/files/duckdb.js';
import {
  CONFIG,
  type Config,
  FinalJobError,
  type ObjectReader,
  REAL_ZONE,
  temporaryName,
  withScratchFolder,
} from '../platform/index.js';

export interface OpenExtract {
  readonly db: DuckDb;
  /** Every column as text, in file order. */
  readonly parquetPath: string;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Opens registered extracts for the jobs that may read source rows (inspect, profile, compare). Only the worker
 * has the real zone to give to it.
 */
@Injectable()
export class ExtractFiles {
  constructor(
    @Inject(REAL_ZONE) private readonly realZone: ObjectReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Calls `work` with the extract in an engine that can read nothing else, and closes it afterwards.
   * @throws {FinalJobError} when the stored bytes are not those that were registered
   */
  async withExtract<Result>(
    contentHash: string,
    columnNames: readonly string[],
    work: (extract: OpenExtract) => Promise<Result>,
  ): Promise<Result> {
    if (!(await this.realZone.isIntact(contentHash))) {
      throw new FinalJobError(
        'The stored extract is not the one that was registered: its bytes have changed or are gone.',
      );
    }
    const csvPath = await this.realZone.localPath(contentHash);
    const parquetPath = await this.realZone.derivedPath(contentHash, 'parquet');
    return this.withEngine([dirname(csvPath)], async (db) => {
      if (!(await exists(parquetPath))) await this.convert(db, csvPath, parquetPath, columnNames);
      return work({ db, parquetPath });
    });
  }

  /** Two jobs may do this at once: each writes its own file, and the last rename wins with the same content. */
  private async convert(
    db: DuckDb,
    csvPath: string,
    parquetPath: string,
    columnNames: readonly string[],
  ): Promise<void> {
    const own = temporaryName(parquetPath);
    await convertCsvToParquet(db, csvPath, own, columnNames);
    await rename(own, parquetPath);
  }

  /** An engine that reads the given directories, and a scratch directory of its own that goes with it. */
  withEngine<Result>(
    allowedDirectories: readonly string[],
    work: (db: DuckDb, scratch: string) => Promise<Result>,
  ): Promise<Result> {
    return withScratchFolder(this.config.home, 'engine', async (tempDirectory) => {
      const db = await openDuckDb({
        allowedDirectories: [...allowedDirectories, tempDirectory],
        tempDirectory,
        memoryLimit: this.config.duckDbMemory,
      });
      try {
        return await work(db, tempDirectory);
      } finally {
        db.close();
      }
    });
  }
}
