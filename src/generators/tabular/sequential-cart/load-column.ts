import { semanticTypes } from '../../../core/schema/schema.js';
import type { ModelReader } from '../../model-file/model-reader.js';
import type { ColumnBins } from './column-bins.js';
import { readCategoryLeaves, readNumberLeaves } from './load-leaves.js';
import { readTree } from './load-tree.js';
import type { CategoriesModel, ColumnModel, MissingModel, NumbersModel } from './model.js';

/** What a column may depend on. */
interface Before {
  /** Features its trees see. */
  readonly features: number;
  /** Columns of its table that are made before. */
  readonly columns: number;
}

/** @throws {ModelFormatError} with the place */
export function readColumn(reader: ModelReader, { features, columns }: Before): ColumnModel {
  const type = reader.at('type').oneOf(semanticTypes);
  const values = readValues(reader.at('values'), features);
  const bins = readBins(reader.at('bins'), values);
  const missing = readMissing(reader.at('missing'), features, columns);
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

function readMissing(reader: ModelReader, features: number, columns: number): MissingModel {
  const kind = reader.at('kind').oneOf(['share', 'as', 'tree']);
  switch (kind) {
    case 'share':
      return { kind, share: reader.at('share').number(0, 1) };
    case 'as':
      return { kind, column: reader.at('column').integer(0, columns - 1) };
    case 'tree': {
      const tree = readTree(reader.at('tree'), features);
      const shares = reader.at('shares').floats();
      if (shares.length !== tree.leafCount || shares.some((share) => !(share >= 0 && share <= 1)))
        reader.at('shares').fail('they are not one share for each leaf');
      return { kind, tree, shares };
    }
  }
}
