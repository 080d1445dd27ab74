import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Directory } from '../../../core/events/directory.js';
import type { PatientEvent } from '../../../core/events/patient-event.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import type { Cdm } from '../../../core/omop/cdm.js';
import type {
  ClinicalWriter,
  ReleaseFacts,
  WrittenClinicalFile,
  WrittenClinicalFiles,
} from '../../clinical-writer.js';
import { OutputFolder } from '../rows/output-folder.js';
import { keysSql, loadSql, sqlDialects, tablesSql } from '../sql/scripts.js';
import type { Vocabulary } from '../vocabulary/vocabulary.js';
import { gatherUsed, vocabularyRows, vocabularyTables } from '../vocabulary/vocabulary-rows.js';
import { unresolvedCodes } from './codes-of-record.js';
import { mappingCoverage } from './coverage.js';
import { DirectoryIds } from './directory-ids.js';
import { EraRows } from './era-rows.js';
import { EventRows } from './event-rows.js';
import { happeningsOf, leftOutOf } from './happenings.js';
import type { KindCounts } from './happenings.js';
import { Life } from './life.js';
import { LocationRows } from './location-rows.js';
import { NoteRows } from './note-rows.js';
import { OmopTables } from './omop-tables.js';
import { writeParquetTwin } from './parquet-twin.js';
import { PersonRows } from './person-rows.js';
import { writeSourceRow } from './source-row.js';
import { UsedConcepts } from './used-concepts.js';
import { VisitRows } from './visit-rows.js';

export interface OmopWriterOptions {
  readonly cdm: Cdm;
  /** Counts what it is asked: one of its own for each writer. Whoever opened it closes it. */
  readonly vocabulary: Vocabulary;
  readonly facts: ReleaseFacts;
  /** Is there, and has none of the files that are written. */
  readonly folder: string;
  /** Whether every table is written as Parquet too. */
  readonly parquet: boolean;
}

/** Opens the 39 tables of an OMOP CDM 5.4 in a folder. @throws when one of the files is there already */
export async function openOmopWriter(options: OmopWriterOptions): Promise<ClinicalWriter> {
  const output = new OutputFolder(options.folder);
  try {
    return new OmopWriter(options, output, await OmopTables.open(options.cdm, output));
  } catch (error) {
    await output.removeAll();
    throw error;
  }
}

class OmopWriter implements ClinicalWriter {
  readonly #concepts: UsedConcepts;
  readonly #directory: DirectoryIds;
  readonly #locations: LocationRows;
  readonly #persons: PersonRows;
  readonly #visits: VisitRows;
  readonly #events: EventRows;
  readonly #notes: NoteRows;
  readonly #eras: EraRows;
  readonly #kinds: KindCounts = {};
  #state: 'open' | 'finished' | 'aborted' = 'open';

  constructor(
    readonly options: OmopWriterOptions,
    readonly output: OutputFolder,
    readonly tables: OmopTables,
  ) {
    this.#concepts = new UsedConcepts(options.vocabulary);
    this.#directory = new DirectoryIds(tables);
    this.#locations = new LocationRows(tables);
    this.#persons = new PersonRows(tables, this.#concepts, options.facts.salt);
    this.#visits = new VisitRows(tables, this.#concepts, this.#directory);
    this.#events = new EventRows(tables, this.#concepts);
    this.#notes = new NoteRows(tables, this.#concepts);
    this.#eras = new EraRows(tables, this.#concepts);
  }

  /** @throws {OmopRowError} for a record that cannot be written; nothing of the release is left then */
  async write(record: PatientRecord): Promise<void> {
    await this.#orRemoveAll(async () => {
      const { vocabulary, facts } = this.options;
      const codes = unresolvedCodes(record, vocabulary);
      if (codes.length > 0) await vocabulary.resolve(codes);
      const { death } = record.person;
      const life = new Life(
        this.tables.file('person').nextId,
        Math.min(death?.at.ms ?? Infinity, facts.madeOn),
      );
      this.#persons.write(record.person, life, this.#directory, this.#locations);
      for (const encounter of record.encounters) this.#visits.write(encounter, life);
      for (const event of record.events) this.#writeEvent(event, life);
      await this.#eras.write(life);
      await this.tables.flushFull();
    });
  }

  /** @throws {OmopRowError} when the directory lacks something that a record refers to; nothing is left then */
  async finish(directory: Directory): Promise<WrittenClinicalFiles> {
    return this.#orRemoveAll(async () => {
      this.#directory.write(directory, this.#concepts, this.#locations);
      writeSourceRow(this.tables, this.#concepts, this.options.facts);
      await this.#writeVocabulary();
      const csv = await this.tables.close();
      const parquet = this.options.parquet ? await this.#writeParquet() : [];
      const texts = await this.#writeTexts();
      this.#state = 'finished';
      const files = [...csv.map(({ file }) => file), ...parquet, ...texts];
      return { files: files.sort((left, right) => (left.name < right.name ? -1 : 1)) };
    });
  }

  async abort(): Promise<void> {
    if (this.#state === 'finished') return;
    this.#state = 'aborted';
    await this.output.removeAll();
  }

  #writeEvent(event: PatientEvent, life: Life): void {
    const counts = (this.#kinds[event.kind] ??= { events: 0, rows: 0 });
    counts.events += 1;
    const leftOut = leftOutOf(event);
    if (leftOut !== undefined) this.tables.losses.leaveOut(leftOut);
    if (event.kind === 'report') return;
    if (event.kind === 'note') {
      this.#notes.write(event, life);
      counts.rows += 1;
      return;
    }
    for (const happening of happeningsOf(event, life.until))
      counts.rows += this.#events.write(happening, life);
  }

  async #writeVocabulary(): Promise<void> {
    const { vocabulary } = this.options;
    await gatherUsed(vocabulary, this.#concepts.ids);
    for (const name of vocabularyTables) {
      const file = this.tables.file(name);
      const slots = file.table.fields.map((field) => field.name);
      const template = this.tables.template(name, { constants: {}, slots });
      for (const cells of await vocabularyRows(vocabulary, file.table)) file.add(template, cells);
    }
  }

  async #writeParquet(): Promise<WrittenClinicalFile[]> {
    const workFolder = await mkdtemp(join(tmpdir(), 'omop-'));
    try {
      return await writeParquetTwin(this.output, [...this.options.cdm.values()], workFolder);
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  }

  async #writeTexts(): Promise<WrittenClinicalFile[]> {
    const { cdm, vocabulary } = this.options;
    const texts = sqlDialects.flatMap((dialect) => [
      { name: `ddl/${dialect}.sql`, mediaType: 'application/sql', text: tablesSql(cdm, dialect) },
      { name: `ddl/${dialect}-keys.sql`, mediaType: 'application/sql', text: keysSql(cdm, dialect) },
      { name: `load/${dialect}.sql`, mediaType: 'application/sql', text: loadSql(cdm, dialect) },
    ]);
    const coverage = mappingCoverage(vocabulary, this.#kinds, this.tables.losses);
    const report = {
      ...{ name: 'mapping-coverage.json', mediaType: 'application/json' },
      text: `${JSON.stringify(coverage, undefined, 2)}\n`,
    };
    const files = [];
    for (const { name, mediaType, text } of [...texts, report]) {
      await this.output.writeText(name, text);
      files.push(await this.output.describe(name, { mediaType, count: 0 }));
    }
    return files;
  }

  async #orRemoveAll<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#state !== 'open') throw new Error(`The writer is ${this.#state}.`);
    try {
      return await work();
    } catch (error) {
      await this.abort();
      throw error;
    }
  }
}
