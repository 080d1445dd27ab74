import { csvwMediaType, descriptorName, tableMetadata } from '../csvw/csvw-metadata.js';
import type { Export, ExportCounts, Exporter } from '../exporter.js';
import { csvCellsSql } from './cells-sql.js';
import { writeCsv } from './write-csv.js';

export const csvExporter: Exporter = {
  name: 'csv',
  title: 'Comma-separated values (RFC 4180), with a description (CSV on the Web)',
  formulaCells: 'escaped',
  open(blocks, { title, baseName, columns }): Export {
    const name = `${baseName}.csv`;
    let counts: ExportCounts | undefined;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      counts = yield* writeCsv(blocks, columns);
    }
    return {
      files: [
        { name, role: 'data', mediaType: 'text/csv', bytes: bytes() },
        {
          name: descriptorName(name),
          role: 'descriptor',
          mediaType: csvwMediaType,
          bytes: description(() => tableMetadata({ file: name, title, columns })),
        },
      ],
      counts() {
        if (!counts) throw new Error(`The counts of ${name} are known once it has been read to its end.`);
        return counts;
      },
    };
  },
  cellsSql: csvCellsSql,
};

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one chunk
async function* description(write: () => Uint8Array): AsyncGenerator<Uint8Array> {
  yield write();
}
