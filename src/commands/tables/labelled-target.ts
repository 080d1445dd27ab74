import { basename, dirname, join, resolve } from 'node:path';
import type { Exporter } from '../../exporters/exporter.js';
import { findExporter, formats } from '../../exporters/registry.js';
import { StartRefused } from '../start-refused.js';

export interface LabelledTarget {
  readonly exporter: Exporter;
  /** Absolute. */
  readonly folder: string;
  /** Without its ending; it says that the rows are synthetic. */
  readonly baseName: string;
}

/**
 * Where rows go that were asked for as `--out FILE`: the name gets the label where it has none, and the ending of the
 * format. @throws {StartRefused} when there is no such format, or the ending is that of another
 */
function labelledTarget(out: string, format: string | undefined): LabelledTarget {
  const ending = exporterOfEnding(out);
  const exporter = exporterNamed(format ?? ending?.name ?? 'csv');
  if (ending && ending !== exporter)
    throw new StartRefused(`${out} ends as ${ending.name} does, and --format says ${exporter.name}.`);
  const path = resolve(ending ? out.slice(0, -ending.name.length - 1) : out);
  return { exporter, folder: dirname(path), baseName: labelledName(basename(path)) };
}

/**
 * The same for several formats at once, such as `csv,parquet`: then `--out` has no ending.
 * @throws {StartRefused}
 */
export function labelledTargets(out: string, formats: string | undefined): LabelledTarget[] {
  const names = [...new Set(formats?.split(',').map((name) => name.trim()))];
  return names.length === 0
    ? [labelledTarget(out, undefined)]
    : names.map((name) => labelledTarget(out, name));
}

/** @throws {StartRefused} */
export function exporterNamed(name: string): Exporter {
  const exporter = findExporter(name);
  if (!exporter) throw new StartRefused(`--format ${name}: the formats are ${formats.join(' and ')}.`);
  return exporter;
}

/** The name of a file of synthetic rows says so, also where it travels alone. */
export function labelledName(name: string): string {
  return /synthetic/i.test(name) ? name : `${name}-synthetic`;
}

function exporterOfEnding(out: string): Exporter | undefined {
  const name = formats.find((format) => basename(out).endsWith(`.${format}`));
  return name === undefined ? undefined : findExporter(name);
}

export function fileOf({ folder, baseName, exporter }: LabelledTarget): string {
  return join(folder, `${baseName}.${exporter.name}`);
}
