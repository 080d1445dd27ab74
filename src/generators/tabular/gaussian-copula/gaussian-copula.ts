import type { RowsGenerator } from '../../generator.js';
import { packModel } from '../../model-file/model-bytes.js';
import { blockRows } from '../../row-blocks.js';
import { fitGaussianCopula } from './fit-gaussian-copula.js';
import { loadCopulaModel } from './load-model.js';
import { generatorName, generatorVersion } from './model.js';
import type { GaussianCopulaModel } from './model.js';
import { copulaParametersSchema } from './parameters.js';
import { sampleGaussianCopula } from './sample-gaussian-copula.js';

/** Each column by its own law, tied together by the correlations of their normal scores. */
export const gaussianCopula: RowsGenerator<GaussianCopulaModel> = {
  name: generatorName,
  version: generatorVersion,
  title: 'Gaussian copula',
  tier: 'HIGH',
  sees: 'rows',
  parameters: copulaParametersSchema,
  fit: fitGaussianCopula,
  save: packModel,
  load: loadCopulaModel,
  sample: (model, options) => sampleGaussianCopula(model, options, blockRows),
  formats: ({ columns }) =>
    columns.map(({ name, type, values }) =>
      values.kind === 'numbers' && (type === 'number' || type === 'integer')
        ? { name, type, decimals: values.grid.decimals }
        : { name, type },
    ),
};
