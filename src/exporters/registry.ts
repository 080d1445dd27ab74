import { csvExporter } from './csv/csv-exporter.js';
import type { Exporter } from './exporter.js';

/** Every file format there is. */
export const exporters: readonly Exporter[] = [csvExporter];

/** The names that a request may ask for. */
export const formats: readonly string[] = exporters.map(({ name }) => name);

export function findExporter(name: string): Exporter | undefined {
  return exporters.find((exporter) => exporter.name === name);
}
