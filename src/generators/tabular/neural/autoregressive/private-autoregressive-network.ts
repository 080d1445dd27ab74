import type { RowsGenerator } from '../../../generator.js';
import { packModel } from '../../../model-file/model-bytes.js';
import { fitPrivateAutoregressive, privateName, privateVersion } from './fit-private-autoregressive.js';
import { loadAutoregressive } from './load-model.js';
import type { AutoregressiveModel } from './model.js';
import { parsePrivateAutoregressive, privateAutoregressiveSchema } from './private-parameters.js';
import { autoregressiveFormats, sampleAutoregressive } from './sample-autoregressive.js';

const blockRows = 2048;

/** The any-order network by DP-SGD. */
export const privateAutoregressiveNetwork: RowsGenerator<AutoregressiveModel> = {
  name: privateName,
  version: privateVersion,
  title: 'Autoregressive network of any order with differential privacy (DP-SGD)',
  tier: 'HIGH',
  sees: 'rows',
  parameters: privateAutoregressiveSchema,
  privacy: { neighbours: 'add-or-remove-a-subject', spent: ({ spent }) => spent },
  fit: fitPrivateAutoregressive,
  save: packModel,
  load: (bytes) =>
    loadAutoregressive(bytes, {
      ...{ name: privateName, version: privateVersion },
      parse: parsePrivateAutoregressive,
    }),
  sample: (model, options) => sampleAutoregressive(model, options, blockRows),
  formats: autoregressiveFormats,
};
