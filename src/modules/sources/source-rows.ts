import { Injectable } from '@nestjs/common';
import { openColumns } from '../../core/files/open-columns.js';
import { rowContents } from '../../core/files/row-contents.js';
import type { PeopleKey } from '../../core/people/people-key.js';
import { splitPeople } from '../../core/people/split-people.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { selectRows } from '../../core/table/select-rows.js';
import { isMissing } from '../../core/table/missing-bitmap.js';
import { ExtractFiles, type OpenExtract } from './extract-files.js';
import { ExtractSketches } from './matches/extract-sketches.js';
import type { Source } from './source.entity.js';

/** Real rows to learn from, and as many people's rows that no generator ever sees. */
export interface SplitRows {
  readonly train: ColumnSource;
  readonly holdout: ColumnSource;
  /** Of the key that says who is on which side: with another key they are other halves. */
  readonly splitKey: string;
}

/** The real rows of a source, for jobs of the real zone. */
@Injectable()
export class SourceRows {
  constructor(
    private readonly extracts: ExtractFiles,
    private readonly sketches: ExtractSketches,
  ) {}

  /** @throws {FinalJobError} when the stored bytes are not those that were registered */
  withAll<Result>(source: Source, work: (rows: ColumnSource) => Promise<Result>): Promise<Result> {
    return this.withOpen(source, work);
  }

  /** The same half of the people in every source that they are in, whatever it is called. */
  withSplit<Result>(source: Source, work: (rows: SplitRows) => Promise<Result>): Promise<Result> {
    return this.withOpen(source, async (all, extract) => {
      const key = await this.sketches.key();
      const { train, holdout } = splitPeople(await peopleOf(source, { all, extract, key }));
      return work({
        train: selectRows(all, train),
        holdout: selectRows(all, holdout),
        splitKey: key.fingerprint,
      });
    });
  }

  private withOpen<Result>(
    source: Source,
    work: (all: ColumnSource, extract: OpenExtract) => Promise<Result>,
  ): Promise<Result> {
    const names = source.columns.map(({ name }) => name);
    return this.extracts.withExtract(source.contentHash, names, async (extract) =>
      work(await openColumns(extract.db, extract.parquetPath, source.schema), extract),
    );
  }
}

interface OpenSource {
  readonly all: ColumnSource;
  readonly extract: OpenExtract;
  readonly key: PeopleKey;
}

/** The keyed hash of the person of each row. Who is not named is known by the cells of the row. */
async function peopleOf(source: Source, { all, extract, key }: OpenSource): Promise<Float64Array> {
  const people = new Float64Array(all.rowCount);
  const subjects = await subjectsOf(source, all);
  const names = source.columns.map(({ name }) => name);
  const times = new Map<string, number>();
  let row = 0;
  for await (const content of rowContents(extract.db, extract.parquetPath, names)) {
    const subject = subjects[row] ?? null;
    const time = (times.get(content) ?? 0) + 1;
    times.set(content, time);
    // Equal rows are several people: the first, the second and so on, in every extract.
    const ofRow = (): number => key.ofRow(`${content} ${time}`);
    people[row] = (subject === null ? null : key.ofSubject(subject)) ?? ofRow();
    row += 1;
  }
  return people;
}

/** Null where nobody is named. */
async function subjectsOf({ subjectColumn }: Source, all: ColumnSource): Promise<readonly (string | null)[]> {
  if (subjectColumn === null) return [];
  const column = await all.column(subjectColumn);
  if (column.kind !== 'text') return [];
  return column.values.map((subject, row) => (isMissing(column.missing, row) ? null : subject));
}
