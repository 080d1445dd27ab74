import { semanticTypes } from '../../../../core/schema/schema.js';
import { readNumberMarginal } from '../../gaussian-copula/load-model.js';
import type { ModelReader } from '../../../model-file/model-reader.js';
import type { CategoryLayout, ColumnLayout, NumberLayout, TableLayout } from './table-layout.js';
import { choicesOf } from './table-layout.js';

/** @throws {ModelFormatError} with the place */
export function readLayout(reader: ModelReader): TableLayout {
  const layout = reader.list(readColumn);
  if (new Set(layout.map(({ name }) => name)).size < layout.length) reader.fail('two have the same name');
  return layout;
}

function readColumn(reader: ModelReader): ColumnLayout {
  const facts = {
    name: reader.at('name').text(),
    type: reader.at('type').oneOf(semanticTypes),
    missingRows: reader.at('missingRows').integer(0),
  };
  const column =
    reader.at('kind').oneOf(['numbers', 'categories']) === 'numbers'
      ? { ...facts, ...readNumbers(reader) }
      : { ...facts, ...readCategories(reader) };
  if (choicesOf(column) === 0 && !(column.kind === 'numbers' && column.marginal))
    reader.fail('it has neither a value nor a gap');
  return column;
}

type Facts = 'name' | 'type' | 'missingRows';

function readNumbers(reader: ModelReader): Omit<NumberLayout, Facts> {
  const [grid, bounds] = [reader.at('grid'), reader.at('bounds')];
  const low = bounds.at('low').number();
  const [means, deviations, weights] = [reader.at('means'), reader.at('deviations'), reader.at('weights')];
  const size = means.floats().length;
  for (const part of [means, deviations, weights]) {
    if (part.floats().length !== size) part.fail('there is not one for each mode');
    if (!part.floats().every(Number.isFinite)) part.fail('there is one that is no number');
  }
  if (deviations.floats().some((deviation) => deviation <= 0)) deviations.fail('one is not above 0');
  return {
    kind: 'numbers',
    grid: {
      decimals: grid.at('decimals').integer(0, 15),
      step: grid.at('step').integer(1),
      offset: grid.at('offset').integer(Number.MIN_SAFE_INTEGER),
    },
    bounds: { low, high: bounds.at('high').number(low) },
    marginal: readMarginal(reader.at('marginal')),
    means: means.floats(),
    deviations: deviations.floats(),
    weights: weights.floats(),
  };
}

function readMarginal(reader: ModelReader): NumberLayout['marginal'] {
  return reader.isNull() ? null : readNumberMarginal(reader);
}

function readCategories(reader: ModelReader): Omit<CategoryLayout, Facts> {
  const dictionary = reader.at('dictionary').list((name) => name.text());
  const counts = reader.at('counts').integers();
  if (counts.length !== dictionary.length || counts.some((count) => count < 1))
    reader.at('counts').fail('they are not rows of each category');
  return { kind: 'categories', dictionary, counts, alone: reader.at('alone').integer(0, dictionary.length) };
}
