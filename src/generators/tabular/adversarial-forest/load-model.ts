import { semanticTypes } from '../../../core/schema/schema.js';
import { unpackModel } from '../../model-file/model-bytes.js';
import { ModelReader } from '../../model-file/model-reader.js';
import { generatorName, generatorVersion } from './model.js';
import type { CategoriesLaw, ForestColumn, ForestModel, LeafEntries, NumbersLaw } from './model.js';
import { parseForestParameters } from './parameters.js';
import type { ScoreScale } from './score-scale.js';

/**
 * The model that was saved, everything that sampling relies on checked.
 * @throws {ModelFormatError} with the place
 */
export function loadForest(bytes: Uint8Array): ForestModel {
  const reader = new ModelReader(unpackModel(bytes));
  reader.at('generator').oneOf([generatorName]);
  reader.at('version').oneOf([generatorVersion]);
  const parameters = reader.at('parameters');
  const weights = reader.at('weights').floats();
  if (weights.some((weight) => !(weight > 0 && weight <= 1))) reader.at('weights').fail('one is no share');
  const columns = reader.at('columns').list((column) => readColumn(column, weights.length));
  if (new Set(columns.map(({ name }) => name)).size < columns.length)
    reader.at('columns').fail('one stands in it twice');
  if (columns.length > 0 && weights.length === 0) reader.at('weights').fail('there is no leaf');
  return {
    generator: generatorName,
    version: generatorVersion,
    parameters: parameters.attempt(() => parseForestParameters(parameters.record())),
    weights,
    columns,
  };
}

function readColumn(reader: ModelReader, leaves: number): ForestColumn {
  const type = reader.at('type').oneOf(semanticTypes);
  const missing = reader.at('missing').floats();
  requireLength(reader.at('missing'), missing.length, leaves);
  if (missing.some((share) => !(share >= 0 && share <= 1))) reader.at('missing').fail('one is no share');
  const at = reader.at('values');
  const isText = type === 'category' || type === 'boolean';
  const kind = at.at('kind').oneOf([isText ? 'categories' : 'numbers']);
  const values = kind === 'categories' ? readCategories(at, leaves) : readNumbers(at, leaves);
  const { starts } = values.entries;
  for (let leaf = 0; leaf < leaves; leaf += 1) {
    const others = values.kind === 'numbers' ? (values.others[leaf] ?? 0) : 0;
    if (starts[leaf] === starts[leaf + 1] && others === 0 && missing[leaf] !== 1)
      at.fail(`leaf ${leaf} has no value and is not always missing`);
  }
  return { name: reader.at('name').text(), type, missing, values };
}

function readCategories(reader: ModelReader, leaves: number): CategoriesLaw {
  const dictionary = reader.at('dictionary').list((text) => text.text());
  return {
    kind: 'categories',
    dictionary,
    entries: readEntries(reader.at('entries'), leaves, dictionary.length),
  };
}

function readNumbers(reader: ModelReader, leaves: number): NumbersLaw {
  const grid = reader.at('grid');
  const low = reader.at('bounds').at('low').number(-Number.MAX_VALUE, Number.MAX_VALUE);
  const high = reader.at('bounds').at('high').number(low, Number.MAX_VALUE);
  const atoms = reader.at('atoms').floats();
  const isInside = (value: number): boolean => value >= low && value <= high;
  if (!atoms.every(isInside)) reader.at('atoms').fail('one lies outside the bounds');
  const ofLeaves = (name: string): Float64Array => {
    const values = reader.at(name).floats();
    requireLength(reader.at(name), values.length, leaves);
    if (!values.every(Number.isFinite)) reader.at(name).fail('one is no number');
    return values;
  };
  const others = reader.at('others').integers();
  requireLength(reader.at('others'), others.length, leaves);
  if (others.some((count) => count < 0)) reader.at('others').fail('one is no count');
  const law: NumbersLaw = {
    ...{ kind: 'numbers', bounds: { low, high }, atoms, others },
    grid: {
      decimals: grid.at('decimals').integer(0, 15),
      step: grid.at('step').integer(1),
      offset: grid.at('offset').integer(Number.MIN_SAFE_INTEGER),
    },
    scale: readScale(reader.at('scale')),
    entries: readEntries(reader.at('entries'), leaves, atoms.length),
    ...{ low: ofLeaves('low'), high: ofLeaves('high'), mean: ofLeaves('mean'), spread: ofLeaves('spread') },
  };
  if (law.low.some((end, leaf) => !(end <= (law.high[leaf] ?? NaN))))
    reader.at('low').fail('it lies above the high end');
  if (law.spread.some((spread) => spread < 0)) reader.at('spread').fail('it is below 0');
  return law;
}

function readScale(reader: ModelReader): ScoreScale {
  const scale = { knots: reader.at('knots').floats(), levels: reader.at('levels').floats() };
  requireLength(reader.at('levels'), scale.levels.length, scale.knots.length);
  if (scale.knots.length === 0) reader.at('knots').fail('there is none');
  for (const name of ['knots', 'levels'] as const)
    if (!scale[name].every((value, at) => at === 0 || value > (scale[name][at - 1] ?? value)))
      reader.at(name).fail('they do not ascend');
  if (scale.knots.some((knot) => !Number.isFinite(knot))) reader.at('knots').fail('one is no number');
  if (!((scale.levels[0] ?? -1) >= 0 && (scale.levels.at(-1) ?? 2) <= 1))
    reader.at('levels').fail('one is no share');
  return scale;
}

function readEntries(reader: ModelReader, leaves: number, places: number): LeafEntries {
  const entries = {
    starts: reader.at('starts').integers(),
    places: reader.at('places').integers(),
    counts: reader.at('counts').integers(),
  };
  const { starts } = entries;
  requireLength(reader.at('starts'), starts.length, leaves + 1);
  requireLength(reader.at('counts'), entries.counts.length, entries.places.length);
  const ascends = starts.every((start, leaf) => leaf === 0 || start >= (starts[leaf - 1] ?? start));
  if (starts[0] !== 0 || starts.at(-1) !== entries.places.length || !ascends)
    reader.at('starts').fail('they do not cut the entries into leaves');
  if (entries.places.some((place) => place < 0 || place >= places))
    reader.at('places').fail('there is no such value');
  if (entries.counts.some((count) => count < 1)) reader.at('counts').fail('one is no count');
  return entries;
}

function requireLength(reader: ModelReader, found: number, wanted: number): void {
  if (found !== wanted) reader.fail(`it has ${found} entries, not ${wanted}`);
}
