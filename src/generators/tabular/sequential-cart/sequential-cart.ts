import { packModel } from '../../model-file/model-bytes.js';
import type { RowsGenerator } from '../../generator.js';
import { blockRows } from '../../row-blocks.js';
import { fitSequentialCart } from './fit-sequential-cart.js';
import { loadCartModel } from './load-model.js';
import { generatorName, generatorVersion } from './model.js';
import type { SequentialCartModel } from './model.js';
import { modelFormats } from './model-formats.js';
import { cartParametersSchema } from './parameters.js';
import { sampleSequentialCart } from './sample-sequential-cart.js';

/** Each column by a regression or classification tree on the columns before it, with guards against copying. */
export const sequentialCart: RowsGenerator<SequentialCartModel> = {
  name: generatorName,
  version: generatorVersion,
  title: 'Sequential decision trees (CART)',
  tier: 'HIGH',
  sees: 'rows',
  parameters: cartParametersSchema,
  fit: fitSequentialCart,
  save: packModel,
  load: loadCartModel,
  sample: (model, options) => sampleSequentialCart(model, options, blockRows),
  formats: modelFormats,
};
