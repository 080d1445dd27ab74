import type { Table } from '../../../core/table/table.js';
import { meanScore, noScore } from '../../score.js';
import type { Score } from '../../score.js';
import { boundaryAdherence } from '../columns/boundary-adherence.js';
import { categoryAdherence } from '../columns/category-adherence.js';
import { keyUniqueness } from '../columns/key-uniqueness.js';
import { toVariable } from '../variable.js';
import type { TablePair } from './compared-table.js';
import type { TableMetadata } from './table-metadata.js';

export interface ColumnValidity {
  /** One name, or those of a composite key joined by " + ". */
  readonly column: string;
  readonly measure: 'BoundaryAdherence' | 'CategoryAdherence' | 'KeyUniqueness';
  readonly score: Score;
}

/** Data Validity of the SDMetrics 0.29 DiagnosticReport: adherence of each column, uniqueness of each key. */
export function columnValidity(pair: TablePair): ColumnValidity[] {
  const keys = keysOf(pair.metadata);
  const single = new Set(keys.filter(({ length }) => length === 1).flat());
  const adherences = [...pair.real.columns.keys()]
    .filter((name) => !single.has(name))
    .flatMap((name) => adherenceOf(pair, name) ?? []);
  return [...keys.map((key) => uniquenessOf(pair.synthetic, key)), ...adherences];
}

function keysOf({ primaryKey = [], alternateKeys = [] }: TableMetadata): (readonly string[])[] {
  return [primaryKey, ...alternateKeys].filter(({ length }) => length > 0);
}

function uniquenessOf(table: Table, key: readonly string[]): ColumnValidity {
  const columns = key.flatMap((name) => table.columns.get(name) ?? []);
  const score =
    columns.length === key.length
      ? keyUniqueness(columns, table.rowCount)
      : noScore('The synthetic table lacks a column of the key.');
  return { column: key.join(' + '), measure: 'KeyUniqueness', score };
}

function adherenceOf({ real, synthetic, metadata }: TablePair, name: string): ColumnValidity | null {
  const [realColumn, syntheticColumn] = [real.columns.get(name), synthetic.columns.get(name)];
  const before = realColumn && toVariable(realColumn);
  const after = syntheticColumn && toVariable(syntheticColumn);
  if (!before || !after) return null;
  if (before.kind === 'continuous' && after.kind === 'continuous') {
    if (name === metadata.sequenceIndex) return null;
    return { column: name, measure: 'BoundaryAdherence', score: boundaryAdherence(before, after) };
  }
  if (before.kind === 'discrete' && after.kind === 'discrete')
    return { column: name, measure: 'CategoryAdherence', score: categoryAdherence(before, after) };
  return null;
}

export function validityScore(validity: readonly ColumnValidity[]): Score {
  return meanScore(
    validity.map(({ score }) => score),
    'No column has a rule to keep to.',
  );
}

/** SDMetrics 0.29 TableStructure: columns (name and kind) that both tables have among those that either has. */
export function tableStructure(real: Table, synthetic: Table): Score {
  const described = ({ columns }: Table): Set<string> =>
    new Set([...columns].map(([name, { kind }]) => JSON.stringify([name, kind])));
  const [before, after] = [described(real), described(synthetic)];
  const either = new Set([...before, ...after]).size;
  if (either === 0) return noScore('Neither table has a column.');
  return { value: [...before].filter((column) => after.has(column)).length / either };
}
