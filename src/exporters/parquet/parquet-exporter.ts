import { pathLiteral } from '../../core/files/sql-literal.js';
import type { Export, Exporter } from '../exporter.js';
import { writeParquet } from './write-parquet.js';

export const parquetExporter: Exporter = {
  name: 'parquet',
  title: 'Apache Parquet (zstd)',
  formulaCells: 'raw',
  open(blocks, options): Export {
    const name = `${options.baseName}.parquet`;
    let rows: number | undefined;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      rows = yield* writeParquet(blocks, options);
    }
    return {
      files: [{ name, role: 'data', mediaType: 'application/vnd.apache.parquet', bytes: bytes() }],
      counts() {
        if (rows === undefined)
          throw new Error(`The counts of ${name} are known once it has been read to its end.`);
        return { rows, cellsMadeSafe: 0 };
      },
    };
  },
  cellsSql: (path) => `SELECT * FROM read_parquet(${pathLiteral(path)})`,
};
