import { ModelReader } from '../../model-file/model-reader.js';
import { unpackModel } from '../../model-file/model-bytes.js';
import { readColumn } from './load-column.js';
import type { SequentialCartModel } from './model.js';
import { generatorName, generatorVersion } from './model.js';
import { parseCartParameters } from './parameters.js';

/**
 * The model that was saved. Everything that sampling relies on is checked, so that no damaged file makes it run for
 * ever or draw nonsense.
 * @throws {ModelFormatError} with the place
 */
export function loadCartModel(bytes: Uint8Array): SequentialCartModel {
  const reader = new ModelReader(unpackModel(bytes));
  reader.at('generator').oneOf([generatorName]);
  reader.at('version').oneOf([generatorVersion]);
  const names = reader.at('names').list((name) => name.text());
  const columns = reader
    .at('columns')
    .list((column, place) => readColumn(column, { features: place, columns: place }));
  const columnNames = columns.map(({ name }) => name);
  if (
    new Set(columnNames).size < columns.length ||
    [...columnNames].sort().join('\0') !== [...names].sort().join('\0')
  )
    reader.at('columns').fail('they are not the columns of "names", each once');
  const schema = { columns: columns.map(({ name, type }) => ({ name, type, missingMarkers: [] })) };
  const parameters = reader.at('parameters');
  return {
    generator: generatorName,
    version: generatorVersion,
    names,
    columns,
    parameters: parameters.attempt(() => parseCartParameters(parameters.record(), schema)),
  };
}
