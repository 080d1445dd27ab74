import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { CdmTable } from '../../../core/omop/cdm.js';
import type { WrittenClinicalFile } from '../../clinical-writer.js';
import type { Cell } from './cell-text.js';
import { CellProblem, OmopRowError } from './omop-row-error.js';
import type { OutputFolder } from './output-folder.js';
import type { RowTemplate } from './row-template.js';

/** Characters gathered before they are written; a person's rows may be more. */
const chunkLength = 262_144;

/** One table as CSV: upper-case name, header, LF, empty for NULL. */
export class TableFile {
  readonly #folder: OutputFolder;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  readonly #name: string;
  #pending: string;
  #bytes = 0;
  #rows = 0;

  constructor(
    readonly table: CdmTable,
    folder: OutputFolder,
    handle: FileHandle,
  ) {
    this.#folder = folder;
    this.#handle = handle;
    this.#name = tableFileName(table);
    this.#pending = `${table.fields.map(({ name }) => name).join(',')}\n`;
  }

  get rows(): number {
    return this.#rows;
  }

  /** The id that the next row gets: ids are dense and in the order of writing. */
  get nextId(): number {
    return this.#rows + 1;
  }

  /** @throws {OmopRowError} when a value does not fit its field */
  add(template: RowTemplate, values: readonly Cell[]): void {
    try {
      this.#pending += template.line(values);
      this.#rows += 1;
    } catch (error) {
      if (error instanceof CellProblem) this.refuse(error.field, error.problem);
      throw error;
    }
  }

  /** @throws {OmopRowError} always, naming the row that would have been next */
  refuse(field: string, problem: string): never {
    throw new OmopRowError(this.table.name, this.nextId, field, problem);
  }

  get isFull(): boolean {
    return this.#pending.length >= chunkLength;
  }

  /** Resolves when what was gathered is with the operating system. */
  async flush(): Promise<void> {
    if (this.#pending === '') return;
    const bytes = Buffer.from(this.#pending, 'utf8');
    this.#pending = '';
    this.#bytes += bytes.length;
    this.#hash.update(bytes);
    for (let start = 0; start < bytes.length;) start += (await this.#handle.write(bytes, start)).bytesWritten;
  }

  async close(): Promise<WrittenClinicalFile> {
    await this.flush();
    await this.#folder.close(this.#handle);
    const sha256 = this.#hash.digest('hex');
    return { name: this.#name, mediaType: 'text/csv', bytes: this.#bytes, sha256, count: this.#rows };
  }
}

/** `PERSON.csv` for the table person. */
export function tableFileName({ name }: CdmTable): string {
  return `${name.toUpperCase()}.csv`;
}
