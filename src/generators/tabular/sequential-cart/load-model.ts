import { semanticTypes } from '../../../core/schema/schema.js';
import { ModelReader } from '../../model-file/model-reader.js';
import { unpackModel } from '../../model-file/model-bytes.js';
import type { ColumnBins } from './column-bins.js';
import { readCategoryLeaves, readNumberLeaves } from './load-leaves.js';
import { readTree } from './load-tree.js';
import type {
  CategoriesModel,
  ColumnModel,
  MissingModel,
  NumbersModel,
  SequentialCartModel,
} from './model.js';
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
  const columns = reader.at('columns').list((column, place) => readColumn(column, place));
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

function readColumn(reader: ModelReader, place: number): ColumnModel {
  const type = reader.at('type').oneOf(semanticTypes);
  const values = readValues(reader.at('values'), place);
  const bins = readBins(reader.at('bins'), values);
  const missing = readMissing(reader.at('missing'), place);
  if (missing.kind !== 'share' && values.trees.length === 0)
    reader.at('missing').fail('a column without values is missing everywhere');
  return { name: reader.at('name').text(), type, missing, bins, values };
}

function readValues(reader: ModelReader, features: number): NumbersModel | CategoriesModel {
  if (reader.at('kind').oneOf(['numbers', 'categories']) === 'categories') {
    const dictionary = reader.at('dictionary').list((name) => name.text());
    const trees = reader.at('trees').list((each) => {
      const tree = readTree(each.at('tree'), features);
      return { tree, leaves: readCategoryLeaves(each.at('leaves'), tree.leafCount, dictionary.length) };
    });
    return { kind: 'categories', dictionary, trees };
  }
  const grid = reader.at('grid');
  const bounds = {
    low: reader.at('bounds').at('low').number(),
    high: reader.at('bounds').at('high').number(),
  };
  return {
    kind: 'numbers',
    grid: {
      decimals: grid.at('decimals').integer(0, 15),
      step: grid.at('step').integer(1),
      offset: grid.at('offset').integer(Number.MIN_SAFE_INTEGER),
    },
    bounds,
    trees: reader.at('trees').list((each) => {
      const tree = readTree(each.at('tree'), features);
      return { tree, leaves: readNumberLeaves(each.at('leaves'), tree.leafCount, bounds) };
    }),
  };
}

function readBins(reader: ModelReader, values: NumbersModel | CategoriesModel): ColumnBins {
  const kind = reader.at('kind').oneOf([values.kind]);
  if (kind === 'numbers') {
    const cuts = reader.at('cuts').floats();
    if (cuts.length > 254 || cuts.some((cut, index) => index > 0 && !(cut > (cuts[index - 1] ?? cut))))
      reader.at('cuts').fail('they do not ascend, or are too many');
    return { kind, cuts };
  }
  const binOfCode = reader.at('binOfCode').bytes();
  const size = values.kind === 'categories' ? values.dictionary.length : 0;
  if (binOfCode.length !== size) reader.at('binOfCode').fail('it has not one bin for each category');
  return { kind, binOfCode, binCount: reader.at('binCount').integer(1, 256) };
}

function readMissing(reader: ModelReader, place: number): MissingModel {
  const kind = reader.at('kind').oneOf(['share', 'as', 'tree']);
  switch (kind) {
    case 'share':
      return { kind, share: reader.at('share').number(0, 1) };
    case 'as':
      return { kind, column: reader.at('column').integer(0, place - 1) };
    case 'tree': {
      const tree = readTree(reader.at('tree'), place);
      const shares = reader.at('shares').floats();
      if (shares.length !== tree.leafCount || shares.some((share) => !(share >= 0 && share <= 1)))
        reader.at('shares').fail('they are not one share for each leaf');
      return { kind, tree, shares };
    }
  }
}
