import type { Cdm, CdmTable } from '../../../core/omop/cdm.js';
import type { WrittenClinicalFile } from '../../clinical-writer.js';
import { Losses } from '../rows/losses.js';
import { CellProblem } from '../rows/omop-row-error.js';
import type { OutputFolder } from '../rows/output-folder.js';
import { RowTemplate } from '../rows/row-template.js';
import type { TemplateFields } from '../rows/row-template.js';
import { TableFile, tableFileName } from '../rows/table-file.js';

/** All tables of the model as open files. */
export class OmopTables {
  readonly losses = new Losses();
  readonly #files: ReadonlyMap<string, TableFile>;

  private constructor(files: ReadonlyMap<string, TableFile>) {
    this.#files = files;
  }

  static async open(cdm: Cdm, folder: OutputFolder): Promise<OmopTables> {
    const files = new Map<string, TableFile>();
    for (const table of cdm.values())
      files.set(table.name, new TableFile(table, folder, await folder.create(tableFileName(table))));
    return new OmopTables(files);
  }

  file(name: string): TableFile {
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`The model has no table "${name}".`);
    return file;
  }

  /** @throws {OmopRowError} naming the row that the template is needed for, when a constant does not fit */
  template(name: string, fields: TemplateFields): RowTemplate {
    const file = this.file(name);
    try {
      return new RowTemplate(file.table, fields, this.losses);
    } catch (error) {
      if (error instanceof CellProblem) file.refuse(error.field, error.problem);
      throw error;
    }
  }

  /** Writes what has come together, where it is much. */
  async flushFull(): Promise<void> {
    for (const file of this.#files.values()) if (file.isFull) await file.flush();
  }

  async close(): Promise<{ readonly table: CdmTable; readonly file: WrittenClinicalFile }[]> {
    const closed = [];
    for (const file of this.#files.values()) closed.push({ table: file.table, file: await file.close() });
    return closed;
  }
}
