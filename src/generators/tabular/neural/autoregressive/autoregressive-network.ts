import type { RowsGenerator } from '../../../generator.js';
import { packModel } from '../../../model-file/model-bytes.js';
import { fitAutoregressive, generatorName, generatorVersion } from './fit-autoregressive.js';
import { loadAutoregressive } from './load-model.js';
import type { AutoregressiveModel } from './model.js';
import { autoregressiveSchema, parseAutoregressive } from './parameters.js';
import { autoregressiveFormats, sampleAutoregressive } from './sample-autoregressive.js';

/** Rows that the network looks at together when it draws; the rows are the same whatever their number. */
const blockRows = 2048;

/** Any column from any others: conditions on whatever is known, other shares of a category, and cells that are missing. */
export const autoregressiveNetwork: RowsGenerator<AutoregressiveModel> = {
  name: generatorName,
  version: generatorVersion,
  title: 'Autoregressive network of any order',
  tier: 'HIGH',
  sees: 'rows',
  parameters: autoregressiveSchema,
  fit: fitAutoregressive,
  save: packModel,
  load: (bytes) =>
    loadAutoregressive(bytes, {
      ...{ name: generatorName, version: generatorVersion },
      parse: parseAutoregressive,
    }),
  sample: (model, options) => sampleAutoregressive(model, options, blockRows),
  formats: autoregressiveFormats,
};
