import { copyFile, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import type { PatientRecord } from '../../core/events/patient-record.js';
import { convertCsvToParquet } from '../../core/files/csv-to-parquet.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { pathLiteral } from '../../core/files/sql-literal.js';
import { openColumns } from '../../core/files/open-columns.js';
import type { TableSchema } from '../../core/schema/schema.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { PackageUnderCheck } from '../../evaluation/evaluation-context.js';
import { escapeCell } from '../../exporters/csv/formula-cell.js';
import { unescapedSource } from '../../exporters/csv/unescaped-source.js';
import { checkedFile } from '../../exporters/package/manifest.js';
import type { CandidateManifest, ManifestFile } from '../../exporters/package/manifest.js';
import { readManifest } from '../../exporters/package/read-manifest.js';
import { unzip } from '../../exporters/package/unzip.js';
import { convertTypedParquet } from '../../exporters/parquet/text-parquet.js';
import type { Candidate } from '../generation/index.js';
import { ChangedBytesError, FinalJobError, type ObjectReader, QUARANTINE } from '../platform/index.js';
import { ExtractFiles } from '../sources/index.js';

export interface CandidatePackage extends PackageUnderCheck {
  readonly manifest: CandidateManifest;
  /** The one that is checked. */
  readonly data: ManifestFile;
}

type PackagedFile = PackageUnderCheck['files'][number];

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
    const readme = manifest.files.find(({ role }) => role === 'readme');
    const readmeText = (await read(readme?.sha256 ?? '')).toString('utf8');
    const data = checkedFile(manifest);
    if (!data) throw new FinalJobError('The candidate has no file of data.');
    const files = await Promise.all(
      manifest.files.map(async (file) => ({ ...file, ...(await this.look(file)) })),
    );
    return { manifest, readmeText, data, files };
  }

  /** What can be seen of a file without reading all of it. */
  private async look({
    role,
    name,
    sha256,
  }: ManifestFile): Promise<Pick<PackagedFile, 'headBytes' | 'columnNames'>> {
    if (role !== 'data') return {};
    if (name.endsWith('.parquet')) return { columnNames: await this.parquetColumns(sha256) };
    return { headBytes: await this.headOf(sha256) };
  }

  private async parquetColumns(key: string): Promise<string[]> {
    const path = await this.quarantine.localPath(key);
    return this.extracts.withEngine([dirname(path)], async (db) => {
      const found = await db.query(`DESCRIBE SELECT * FROM read_parquet(${pathLiteral(path)})`);
      return found.map((column) => String(column['column_name']));
    });
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

  /** Where the bytes of a file can be read. */
  pathOf(key: string): Promise<string> {
    return this.quarantine.localPath(key);
  }

  /** An archive, unpacked, beside an engine that sees nothing else and an empty folder to work in. */
  withArchive<Result>(
    key: string,
    work: (db: DuckDb, folders: { readonly unpacked: string; readonly empty: string }) => Promise<Result>,
  ): Promise<Result> {
    return this.extracts.withEngine([], async (db, scratch) => {
      const folders = { unpacked: join(scratch, 'unpacked'), empty: join(scratch, 'empty') };
      for (const folder of Object.values(folders)) await mkdir(folder);
      await unzip(await this.pathOf(key), folders.unpacked);
      return work(db, folders);
    });
  }

  /** Simulated lives, from the first one on. */
  async *recordsOf({ data }: CandidatePackage): AsyncGenerator<PatientRecord> {
    const input = await this.quarantine.open(data.sha256);
    for await (const line of createInterface({ input, crlfDelay: Infinity }))
      yield JSON.parse(line) as PatientRecord;
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
    { data, manifest }: CandidatePackage,
    schema: TableSchema,
  ): Promise<ColumnSource> {
    const copy = join(scratch, 'candidate');
    await copyFile(await this.quarantine.localPath(data.sha256), copy);
    const parquetPath = join(scratch, 'candidate.parquet');
    if (data.name.endsWith('.parquet')) {
      await convertTypedParquet(db, copy, parquetPath, manifest.columns);
      return openColumns(db, parquetPath, schema);
    }
    const headings = manifest.columns.map(({ name }) => escapeCell(name));
    await convertCsvToParquet(db, copy, parquetPath, headings);
    const columns = schema.columns.map((column) => ({ ...column, name: escapeCell(column.name) }));
    return unescapedSource(await openColumns(db, parquetPath, { columns }));
  }
}
