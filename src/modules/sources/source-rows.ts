import { Injectable } from '@nestjs/common';
import { openColumns } from '../../core/files/open-columns.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { selectRows } from '../../core/table/select-rows.js';
import { isMissing } from '../../core/table/missing-bitmap.js';
import { splitSubjects } from '../../core/table/split-subjects.js';
import { ExtractFiles } from './extract-files.js';
import type { Source } from './source.entity.js';

/** Real rows to learn from, and as many subjects' rows that no generator ever sees. */
interface SplitRows {
  readonly train: ColumnSource;
  readonly holdout: ColumnSource;
}

/** The real rows of a source, for jobs of the real zone. */
@Injectable()
export class SourceRows {
  constructor(private readonly extracts: ExtractFiles) {}

  /** @throws {FinalJobError} when the stored bytes are not those that were registered */
  withAll<Result>(source: Source, work: (rows: ColumnSource) => Promise<Result>): Promise<Result> {
    const names = source.columns.map(({ name }) => name);
    return this.extracts.withExtract(source.contentHash, names, async ({ db, parquetPath }) =>
      work(await openColumns(db, parquetPath, source.schema)),
    );
  }

  /** One split a source version, by subject: it follows from the registered bytes. */
  withSplit<Result>(source: Source, work: (rows: SplitRows) => Promise<Result>): Promise<Result> {
    return this.withAll(source, async (all) => {
      const { train, holdout } = splitSubjects(await subjectsOf(source, all), source.contentHash);
      return work({ train: selectRows(all, train), holdout: selectRows(all, holdout) });
    });
  }
}

async function subjectsOf({ subjectColumn }: Source, all: ColumnSource): Promise<(string | null)[]> {
  const nobody = Array.from({ length: all.rowCount }, () => null);
  if (subjectColumn === null) return nobody;
  const column = await all.column(subjectColumn);
  if (column.kind !== 'text') return nobody;
  return column.values.map((subject, row) => (isMissing(column.missing, row) ? null : subject));
}
