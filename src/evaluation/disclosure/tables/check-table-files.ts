import { checkDegreesOfFreedom } from './check-degrees-of-freedom.js';
import { checkFrequencyTable } from './check-frequency-table.js';
import { checkMagnitudeTable } from './check-magnitude-table.js';
import { checkPublishedTable } from './check-published-table.js';
import { checkTogether } from './check-together.js';
import { checkRounding, publishTable } from './published-table.js';
import type { PublishedTable } from './published-table.js';
import { cellName } from './table-for-release.js';
import { countsOf } from './table-file.js';
import type { TableFile } from './table-file.js';
import type { TableFinding } from './table-finding.js';
import type { TableRules } from './table-rules.js';

/** A finding with the file it is in and the words for its cell; null when it is about all of the file. */
interface FileFinding extends Pick<TableFinding, 'rule' | 'status' | 'why'> {
  readonly file: string;
  readonly cell: string | null;
}

/** All that the rules say against publishing these tables of one source as they stand, alone and beside each other. */
export function checkTableFiles(files: readonly TableFile[], rules: TableRules): FileFinding[] {
  const known = files.flatMap((file) =>
    file.kind === 'models'
      ? []
      : [{ name: file.name, dimensions: file.dimensions, table: asPublished(file) }],
  );
  const shapes = new Map(known.map(({ name, table }) => [name, table]));
  const named = (file: string, { cell, rule, status, why }: TableFinding): FileFinding => {
    const shape = shapes.get(file);
    return { file, cell: cell && shape ? cellName(shape, cell) : null, rule, status, why };
  };
  return [
    ...files.flatMap((file) => findingsOf(file, rules).map((finding) => named(file.name, finding))),
    ...checkTogether(known, rules.cellCountMin).map((finding) => named(finding.table, finding)),
  ];
}

function asPublished(file: Exclude<TableFile, { kind: 'models' }>): PublishedTable {
  if (file.kind === 'published') return file.table;
  return publishTable(file.kind === 'counts' ? file.table : countsOf(file.table), () => false, 1);
}

function findingsOf(file: TableFile, rules: TableRules): TableFinding[] {
  switch (file.kind) {
    case 'counts':
      return [...checkFrequencyTable(file.table, rules), ...checkRounding(asPublished(file), rules)];
    case 'amounts':
      return [...checkMagnitudeTable(file.table, rules), ...checkRounding(asPublished(file), rules)];
    case 'published':
      return checkPublishedTable(file.table, rules);
    case 'models':
      return file.models.flatMap(({ name, ...model }) =>
        checkDegreesOfFreedom(model, rules).map((finding) => ({
          ...finding,
          why: `${name}: ${finding.why}`,
        })),
      );
  }
}
