import { unpackModel } from '../../../model-file/model-bytes.js';
import { ModelReader } from '../../../model-file/model-reader.js';
import { readEpoch, readValues } from '../training/checkpoint.js';
import { readLayout } from '../transform/load-layout.js';
import { widthOf } from '../transform/table-layout.js';
import type { TableLayout } from '../transform/table-layout.js';
import { Weights } from '../layers/weights.js';
import { conditionColumns, conditionWidth } from './condition-columns.js';
import type { AdversarialMethod, AdversarialModel } from './model.js';
import type { AdversarialParameters } from './parameters.js';
import { parseAdversarial } from './parameters.js';
import { shapesOnly } from './shapes-only.js';

/**
 * The model that was saved, everything that sampling relies on checked.
 * @throws {ModelFormatError} with the place
 */
export function loadAdversarial(method: AdversarialMethod, bytes: Uint8Array): AdversarialModel {
  const reader = new ModelReader(unpackModel(bytes));
  reader.at('generator').oneOf([method.name]);
  reader.at('version').oneOf([method.version]);
  const given = reader.at('parameters');
  const parameters = given.attempt(() => parseAdversarial(given.record(), method.defaults));
  const layout = readLayout(reader.at('layout'));
  const weights = reader.at('weights');
  const values = readValues(weights);
  weights.attempt(() => {
    shapesOf(method, layout, parameters).setValues(values);
  });
  const training = reader.at('training');
  return {
    ...{ generator: method.name, version: method.version, parameters, layout, weights: values },
    backend: {
      name: reader.at('backend').at('name').text(),
      version: reader.at('backend').at('version').text(),
    },
    training: {
      steps: training.at('steps').integer(0),
      ended: training.at('ended').oneOf(['epochs', 'steps', 'no-better-loss']),
      curve: training.at('curve').list(readEpoch),
    },
  };
}

/** The generator's weights as they must be, without a backend. */
function shapesOf(
  method: AdversarialMethod,
  layout: TableLayout,
  { noise, width }: AdversarialParameters,
): Weights {
  const asked = method.isConditional ? conditionWidth(conditionColumns(layout)) : 0;
  const weights = new Weights(shapesOnly, null);
  method.generator(weights, { inputs: noise + asked, width, outputs: widthOf(layout) });
  return weights;
}
