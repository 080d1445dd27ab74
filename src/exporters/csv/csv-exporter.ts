import type { Export, ExportCounts, Exporter } from '../exporter.js';
import { writeCsv } from './write-csv.js';

export const csvExporter: Exporter = {
  name: 'csv',
  title: 'Comma-separated values (RFC 4180)',
  open(blocks, { baseName, columns }): Export {
    let counts: ExportCounts | undefined;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      counts = yield* writeCsv(blocks, columns);
    }
    return {
      files: [{ name: `${baseName}.csv`, mediaType: 'text/csv', bytes: bytes() }],
      counts() {
        if (!counts)
          throw new Error(`The counts of ${baseName}.csv are known once it has been read to its end.`);
        return counts;
      },
    };
  },
};
