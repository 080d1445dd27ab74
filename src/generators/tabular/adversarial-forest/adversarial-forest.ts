import { packModel } from '../../model-file/model-bytes.js';
import type { RowsGenerator } from '../../generator.js';
import { blockRows } from '../../row-blocks.js';
import { fitForest } from './fit-forest.js';
import { loadForest } from './load-model.js';
import { generatorName, generatorVersion } from './model.js';
import type { ForestModel } from './model.js';
import { forestParametersSchema } from './parameters.js';
import { forestFormats, sampleForest } from './sample-forest.js';

/** Leaves of trees that could not tell rows apart any more, each a law of its own; conditions on any columns are exact. */
export const adversarialForest: RowsGenerator<ForestModel> = {
  name: generatorName,
  version: generatorVersion,
  title: 'Adversarial random forest (ARF)',
  tier: 'HIGH',
  sees: 'rows',
  parameters: forestParametersSchema,
  fit: fitForest,
  save: packModel,
  load: loadForest,
  sample: (model, options) => sampleForest(model, options, blockRows),
  formats: forestFormats,
};
