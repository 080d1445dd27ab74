import { cholesky } from '../../../core/linear-algebra/cholesky.js';
import type { SquareMatrix } from '../../../core/linear-algebra/cholesky.js';
import { semanticTypes } from '../../../core/schema/schema.js';
import { unpackModel } from '../../model-file/model-bytes.js';
import { ModelReader } from '../../model-file/model-reader.js';
import { distributionNames } from './marginal.js';
import type { CategoryMarginal, Marginal, NoMarginal, NumberMarginal } from './marginal.js';
import { generatorName, generatorVersion } from './model.js';
import type { CopulaColumn, CopulaGroup, GaussianCopulaModel } from './model.js';
import { parseCopulaParameters } from './parameters.js';

/**
 * The model that was saved. Everything that sampling relies on is checked, so that no damaged file makes it draw
 * nonsense.
 * @throws {ModelFormatError} with the place
 */
export function loadCopulaModel(bytes: Uint8Array): GaussianCopulaModel {
  const reader = new ModelReader(unpackModel(bytes));
  reader.at('generator').oneOf([generatorName]);
  reader.at('version').oneOf([generatorVersion]);
  const columns = reader.at('columns').list(readColumn);
  if (new Set(columns.map(({ name }) => name)).size < columns.length)
    reader.at('columns').fail('two have the same name');
  const schema = { columns: columns.map(({ name, type }) => ({ name, type, missingMarkers: [] })) };
  const parameters = reader.at('parameters');
  const parsed = parameters.attempt(() => parseCopulaParameters(parameters.record(), schema));
  const patterns = reader
    .at('patterns')
    .list((pattern) => pattern.list((place) => place.integer(0, columns.length - 1)));
  if (patterns[0]?.length !== 0) reader.at('patterns').fail('the first is not that of no column');
  const groups = reader.at('groups').list((group) => readGroup(group, columns, patterns.length));
  const classColumn = columns.find(({ name }) => name === parsed.perClass);
  const codes = classColumn?.values.kind === 'categories' ? classColumn.values.dictionary.length : 0;
  const classes = reader.at('classes').list((each) => ({
    code: each.at('code').integer(-1, codes - 1),
    rows: each.at('rows').integer(1),
    group: each.at('group').integer(0, groups.length - 1),
  }));
  if (classes.length === 0) reader.at('classes').fail('there is none');
  return {
    generator: generatorName,
    version: generatorVersion,
    parameters: parsed,
    columns,
    patterns,
    classes,
    groups,
  };
}

function readColumn(reader: ModelReader): CopulaColumn {
  const values = reader.at('values');
  const facts = {
    name: reader.at('name').text(),
    type: reader.at('type').oneOf(semanticTypes),
    extraMissing: reader.at('extraMissing').number(0, 1),
  };
  if (values.at('kind').oneOf(['numbers', 'categories']) === 'categories') {
    const dictionary = values.at('dictionary').list((name) => name.text());
    return { ...facts, values: { kind: 'categories', dictionary } };
  }
  const [grid, bounds] = [values.at('grid'), values.at('bounds')];
  const low = bounds.at('low').number();
  return {
    ...facts,
    values: {
      kind: 'numbers',
      grid: {
        decimals: grid.at('decimals').integer(0, 15),
        step: grid.at('step').integer(1),
        offset: grid.at('offset').integer(Number.MIN_SAFE_INTEGER),
      },
      bounds: { low, high: bounds.at('high').number(low) },
    },
  };
}

function readGroup(reader: ModelReader, columns: readonly CopulaColumn[], patterns: number): CopulaGroup {
  const marginals = reader.at('marginals').list((marginal, place): Marginal => {
    const column = columns[place];
    if (!column) return marginal.fail('there is no such column');
    const kind = marginal.at('kind').oneOf([column.values.kind, 'none']);
    if (kind === 'none') return { kind };
    return column.values.kind === 'categories'
      ? readCategories(marginal, column.values.dictionary.length)
      : readNumberMarginal(marginal);
  });
  if (marginals.length !== columns.length) reader.at('marginals').fail('there is not one for each column');
  const pattern = reader.at('pattern');
  return {
    rows: reader.at('rows').integer(1),
    marginals,
    pattern: readPattern(pattern, patterns),
    correlation: readCorrelation(reader.at('correlation'), columns.length + 1),
  };
}

function readPattern(reader: ModelReader, patterns: number): CategoryMarginal | NoMarginal {
  const kind = reader.at('kind').oneOf(['categories', 'none']);
  return kind === 'none' ? { kind } : readCategories(reader, patterns);
}

function readCategories(reader: ModelReader, size: number): CategoryMarginal {
  const order = reader.at('order').integers();
  const cumulative = reader.at('cumulative').floats();
  if (order.length === 0 || order.some((code) => code < 0 || code >= size))
    reader.at('order').fail('there is no such category');
  if (cumulative.length !== order.length || cumulative.at(-1) !== 1 || !ascends(cumulative))
    reader.at('cumulative').fail('they are not shares that add up to 1');
  return { kind: 'categories', order, cumulative };
}

/** @throws {ModelFormatError} with the place */
export function readNumberMarginal(reader: ModelReader): NumberMarginal {
  const probabilities = reader.at('probabilities').floats();
  const values = reader.at('values').floats();
  const isWhole = probabilities[0] === 0 && probabilities.at(-1) === 1 && ascends(probabilities);
  if (!isWhole) reader.at('probabilities').fail('they do not ascend from 0 to 1');
  if (values.length !== probabilities.length || !ascends(values))
    reader.at('values').fail('they do not ascend with the probabilities');
  const parameters = reader.at('parameters');
  return {
    kind: 'numbers',
    distribution: reader.at('distribution').oneOf(distributionNames),
    parameters: Object.fromEntries(
      Object.keys(parameters.record()).map((name) => [name, parameters.at(name).number()]),
    ),
    probabilities,
    values,
  };
}

function readCorrelation(reader: ModelReader, wanted: number): SquareMatrix {
  const size = reader.at('size').integer(wanted, wanted);
  const values = reader.at('values').floats();
  if (values.length !== size * size) reader.at('values').fail('it is not a square');
  if (values.some((value) => !(Math.abs(value) <= 1)) || !cholesky({ size, values }, 0))
    reader.at('values').fail('it is not a matrix of correlations');
  return { size, values };
}

function ascends(values: Float64Array): boolean {
  return values.every(
    (value, at) => Number.isFinite(value) && (at === 0 || value >= (values[at - 1] ?? NaN)),
  );
}
