import { csvExporter } from './csv/csv-exporter.js';
import type { Exporter } from './exporter.js';
import { parquetExporter } from './parquet/parquet-exporter.js';

/** Every file format there is. The first of those that a package has is the one that the checks read. */
export const exporters: readonly Exporter[] = [csvExporter, parquetExporter];

/** The names that a request may ask for. */
export const formats: readonly string[] = exporters.map(({ name }) => name);

export function findExporter(name: string): Exporter | undefined {
  return exporters.find((exporter) => exporter.name === name);
}
