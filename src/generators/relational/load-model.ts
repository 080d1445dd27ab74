import { semanticTypes } from '../../core/schema/schema.js';
import { ModelReader } from '../model-file/model-reader.js';
import { unpackModel } from '../model-file/model-bytes.js';
import { readColumn } from '../tabular/sequential-cart/load-column.js';
import type { ColumnModel } from '../tabular/sequential-cart/model.js';
import { parseCartParameters } from '../tabular/sequential-cart/parameters.js';
import { timeReadings } from './dataset.js';
import type { DatasetShape, TimeReference } from './dataset.js';
import { featureCounts } from './features.js';
import { derivedNames, generatorName, generatorVersion } from './model.js';
import type { DerivedCuts, RelationalModel, SplitSequence, TableModel } from './model.js';
import { planDataset } from './plan-dataset.js';
import type { Field, TablePlan } from './plan-dataset.js';

/** More rows than that a table that belongs to no subject cannot be asked to have by a file. */
const rootRowsMax = 100_000_000;
/** Children of one row; a larger count in a file would make sampling run without an end. */
const childrenMax = 1_000_000;

/**
 * The model that was saved, everything checked that sampling relies on.
 * @throws {ModelFormatError} with the place
 */
export function loadRelationalModel(bytes: Uint8Array): RelationalModel {
  const reader = new ModelReader(unpackModel(bytes));
  reader.at('generator').oneOf([generatorName]);
  reader.at('version').oneOf([generatorVersion]);
  const shape = readShape(reader.at('shape'));
  const plan = reader.at('shape').attempt(() => planDataset(shape));
  const parameters = reader.at('parameters');
  const tables = reader.at('tables').list((table, place) => {
    const planned = plan.tables[place];
    return planned ? readTable(table, planned, plan.tables) : table.fail('there is one too many');
  });
  if (tables.length !== plan.tables.length) reader.at('tables').fail('there is not one for each table');
  return {
    generator: generatorName,
    version: generatorVersion,
    parameters: parameters.attempt(() => parseCartParameters(parameters.record(), { columns: [] })),
    shape,
    sequences: reader.at('sequences').list((sequence) => readSequence(sequence, plan.tables)),
    subjectRows: reader.at('subjectRows').integer(0),
    tables,
    outsideWindows: reader.at('outsideWindows').list((count) => count.integer(0)),
  };
}

function readShape(reader: ModelReader): DatasetShape {
  const texts = (at: ModelReader): string[] => at.list((each) => each.text());
  const has = (at: ModelReader, name: string): boolean => Object.hasOwn(at.record(), name);
  return {
    tables: reader.at('tables').list((table) => ({
      name: table.at('name').text(),
      columns: table.at('columns').list((column) => ({
        name: column.at('name').text(),
        type: column.at('type').oneOf(semanticTypes),
      })),
      primaryKey: texts(table.at('primaryKey')),
      ...(has(table, 'sequenceIndex') ? { sequenceIndex: table.at('sequenceIndex').text() } : {}),
    })),
    relations: reader.at('relations').list((relation) => ({
      parent: relation.at('parent').text(),
      parentKey: texts(relation.at('parentKey')),
      child: relation.at('child').text(),
      foreignKey: texts(relation.at('foreignKey')),
    })),
    windows: reader.at('windows').list((window) => ({
      table: window.at('table').text(),
      column: window.at('column').text(),
      ...(has(window, 'notBefore') ? { notBefore: readReference(window.at('notBefore')) } : {}),
      ...(has(window, 'notAfter') ? { notAfter: readReference(window.at('notAfter')) } : {}),
    })),
    ...(has(reader, 'subjects') ? { subjects: reader.at('subjects').text() } : {}),
  };
}

function readReference(reader: ModelReader): TimeReference {
  return {
    table: reader.at('table').text(),
    column: reader.at('column').text(),
    reads: reader.at('reads').oneOf(timeReadings),
  };
}

function readSequence(reader: ModelReader, tables: readonly TablePlan[]): SplitSequence {
  const table = reader.at('table').text();
  const parent = reader.at('parent').text();
  const [child, above] = [table, parent].map((name) => tables.find(({ shape }) => shape.name === name));
  if (!child || !above || !child.ancestors.includes(parent)) return reader.fail('there are no such tables');
  const known = [child, above].flatMap(({ shape }) => shape.columns.map(({ name }) => name));
  const columnsOf = (name: 'staticColumns' | 'columns'): string[] =>
    reader.at(name).list((column) => {
      const found = column.text();
      return known.includes(found) ? found : column.fail('there is no such column');
    });
  return { table, parent, staticColumns: columnsOf('staticColumns'), columns: columnsOf('columns') };
}

function readTable(reader: ModelReader, plan: TablePlan, tables: readonly TablePlan[]): TableModel {
  const { beforeTime, afterTime } = featureCounts(plan, tables);
  const clock = (name: 'start' | 'step'): ColumnModel | null =>
    plan.clock ? readNumbers(reader.at(name), { features: beforeTime, columns: 0 }) : null;
  const fields = reader.at('fields').list((field, place) => {
    const planned = plan.fields[place];
    if (!planned) return field.fail('there is one too many');
    const column = readColumn(field, { features: afterTime + place, columns: place });
    const problem = problemOf(column, planned);
    return problem === null ? column : field.fail(problem);
  });
  if (fields.length !== plan.fields.length) reader.at('fields').fail('there is not one for each field');
  const keys = reader.at('keys');
  return {
    name: reader.at('name').oneOf([plan.shape.name]),
    rootRows: reader.at('rootRows').integer(0, rootRowsMax),
    keys: { prefix: keys.at('prefix').text(), base: keys.at('base').integer(0) },
    cuts: readCuts(reader.at('cuts')),
    start: clock('start'),
    step: clock('step'),
    fields,
  };
}

function readNumbers(reader: ModelReader, before: Parameters<typeof readColumn>[1]): ColumnModel {
  const column = readColumn(reader, before);
  if (column.values.kind !== 'numbers' || column.type === 'date' || column.type === 'datetime')
    reader.fail('it has no numbers');
  return column;
}

function problemOf({ values, type }: ColumnModel, field: Field): string | null {
  if (field.kind === 'leaf') return values.kind === 'categories' ? null : 'it has no categories';
  if (field.kind !== 'column' || field.asOffset) {
    if (values.kind !== 'numbers' || type !== 'integer') return 'it has no whole numbers';
    if (field.kind !== 'count' && field.kind !== 'total') return null;
    return values.bounds.high <= childrenMax ? null : 'there are too many children';
  }
  const isText = field.type === 'category' || field.type === 'boolean';
  if (type !== field.type) return `it is not a column of ${field.type}`;
  return (values.kind === 'categories') === isText ? null : 'its values are of another kind';
}

function readCuts(reader: ModelReader): DerivedCuts {
  const entries = derivedNames.map((name) => {
    const cuts = reader.at(name).floats();
    if (cuts.length > 254 || cuts.some((cut, index) => index > 0 && !(cut > (cuts[index - 1] ?? cut))))
      reader.at(name).fail('they do not ascend, or are too many');
    return [name, cuts] as const;
  });
  return Object.fromEntries(entries) as DerivedCuts;
}
