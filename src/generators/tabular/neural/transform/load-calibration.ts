import { readNumberMarginal } from '../../gaussian-copula/load-model.js';
import type { ModelReader } from '../../../model-file/model-reader.js';
import type { ColumnCalibration } from './column-calibration.js';
import { choicesOf } from './table-layout.js';
import type { TableLayout } from './table-layout.js';

/** @throws {ModelFormatError} with the place */
export function readCalibration(reader: ModelReader, layout: TableLayout): readonly ColumnCalibration[] {
  const calibration = reader.list((column, place): ColumnCalibration => {
    const law = column.at('law');
    const weights = column.at('weights');
    const of = layout[place];
    if (!of || weights.floats().length !== choicesOf(of)) weights.fail('there is not one for each choice');
    if (weights.floats().some((weight) => !(weight >= 0 && Number.isFinite(weight))))
      weights.fail('one is no weight');
    return { law: law.isNull() ? null : readNumberMarginal(law), weights: weights.floats() };
  });
  if (calibration.length !== layout.length) reader.fail('there is not one for each column');
  return calibration;
}
