import { unpackModel } from '../../../model-file/model-bytes.js';
import { ModelReader } from '../../../model-file/model-reader.js';
import { readTraining, readValues } from '../training/checkpoint.js';
import { readCalibration } from '../transform/load-calibration.js';
import { readLayout } from '../transform/load-layout.js';
import { generatorSizes } from './generator-sizes.js';
import type { AdversarialMethod, AdversarialModel } from './model.js';
import { parseAdversarial } from './parameters.js';

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
  for (const [name, size] of method.shapes(generatorSizes(method, layout, parameters)))
    if (values[name]?.length !== size) weights.fail(`"${name}" has not ${size} numbers`);
  return {
    ...{ generator: method.name, version: method.version, parameters, layout, weights: values },
    calibration: readCalibration(reader.at('calibration'), layout),
    backend: {
      name: reader.at('backend').at('name').text(),
      version: reader.at('backend').at('version').text(),
    },
    training: readTraining(reader.at('training')),
  };
}
