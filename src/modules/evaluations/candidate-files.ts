import { copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { convertCsvToParquet } from '../../core/files/csv-to-parquet.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { openColumns } from '../../core/files/open-columns.js';
import type { TableSchema } from '../../core/schema/schema.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { PackageUnderCheck } from '../../evaluation/evaluation-context.js';
import { escapeCell } from '../../exporters/csv/formula-cell.js';
import { unescapedSource } from '../../exporters/csv/unescaped-source.js';
import type { CandidateManifest } from '../../exporters/package/manifest.js';
import { readManifest } from '../../exporters/package/read-manifest.js';
import type { Candidate } from '../generation/index.js';
import { ChangedBytesError, FinalJobError, type ObjectReader, QUARANTINE } from '../platform/index.js';
import { ExtractFiles } from '../sources/index.js';

export interface CandidatePackage extends PackageUnderCheck {
  readonly manifest: CandidateManifest;
  /** Key of the data file. */
  readonly dataKey: string;
}

/** Enough of a data file to hold its heading line. */
const headBytesMax = 1_000_000;

/** Reads what lies in quarantine. */
@Injectable()
export class CandidateFiles {
  constructor(
    private readonly extracts: ExtractFiles,
    @Inject(QUARANTINE) private readonly quarantine: ObjectReader,
  ) {}

  /** Every byte is read and hashed before anything in it is believed. */
  async open(candidate: Candidate): Promise<CandidatePackage> {
    for (const { name, sha256 } of candidate.files) {
      if (!(await this.quarantine.isIntact(sha256)))
        throw new FinalJobError(new ChangedBytesError(name).message);
    }
    const read = async (key: string): Promise<Buffer> => buffer(await this.quarantine.open(key));
    const manifest = readManifest(await read(candidate.hash));
    const keyOf = (role: string): string => manifest.files.find((file) => file.role === role)?.sha256 ?? '';
    const readmeText = (await read(keyOf('readme'))).toString('utf8');
    const dataKey = keyOf('data');
    const headBytes = await this.headOf(dataKey);
    const files = manifest.files.map((file) => (file.role === 'data' ? { ...file, headBytes } : file));
    return { manifest, readmeText, dataKey, files };
  }

  private async headOf(key: string): Promise<Uint8Array> {
    const head = new Uint8Array(headBytesMax);
    const file = await open(await this.quarantine.localPath(key));
    try {
      const { bytesRead } = await file.read(head);
      return head.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** The values of the candidate as they are meant, read in an engine that sees nothing else. */
  withColumns<Result>(
    found: CandidatePackage,
    schema: TableSchema,
    work: (columns: ColumnSource) => Promise<Result>,
  ): Promise<Result> {
    return this.extracts.withEngine([], async (db, scratch) =>
      work(await this.openData(db, scratch, found, schema)),
    );
  }

  private async openData(
    db: DuckDb,
    scratch: string,
    found: CandidatePackage,
    schema: TableSchema,
  ): Promise<ColumnSource> {
    const csvPath = join(scratch, 'candidate.csv');
    await copyFile(await this.quarantine.localPath(found.dataKey), csvPath);
    const parquetPath = join(scratch, 'candidate.parquet');
    await convertCsvToParquet(
      db,
      csvPath,
      parquetPath,
      found.manifest.columns.map(({ name }) => escapeCell(name)),
    );
    const columns = schema.columns.map((column) => ({ ...column, name: escapeCell(column.name) }));
    return unescapedSource(await openColumns(db, parquetPath, { columns }));
  }
}
