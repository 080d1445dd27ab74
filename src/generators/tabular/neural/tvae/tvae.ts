import type { RowsGenerator } from '../../../generator.js';
import { packModel } from '../../../model-file/model-bytes.js';
import { blockRows } from '../../../row-blocks.js';
import { fitTvae, generatorName, generatorVersion } from './fit-tvae.js';
import { loadTvae } from './load-model.js';
import type { TvaeModel } from './model.js';
import { parseTvae, tvaeSchema } from './parameters.js';
import { sampleTvae, tvaeFormats } from './sample-tvae.js';

/** Rows made by a decoder from noise. */
export const tvae: RowsGenerator<TvaeModel> = {
  name: generatorName,
  version: generatorVersion,
  title: 'Variational autoencoder (TVAE)',
  tier: 'HIGH',
  sees: 'rows',
  parameters: tvaeSchema,
  fit: fitTvae,
  save: packModel,
  load: (bytes) => loadTvae(bytes, { name: generatorName, version: generatorVersion, parse: parseTvae }),
  sample: (model, options) => sampleTvae(model, options, blockRows),
  formats: tvaeFormats,
};
