import type { RowsGenerator } from '../../../generator.js';
import { packModel } from '../../../model-file/model-bytes.js';
import { fitAdversarial } from './fit-adversarial.js';
import { loadAdversarial } from './load-adversarial.js';
import type { AdversarialMethod, AdversarialModel } from './model.js';
import { adversarialSchema } from './parameters.js';
import { adversarialFormats, sampleAdversarial } from './sample-adversarial.js';

export function adversarialGenerator(
  method: AdversarialMethod,
  title: string,
): RowsGenerator<AdversarialModel> {
  return {
    name: method.name,
    version: method.version,
    title,
    tier: 'HIGH',
    sees: 'rows',
    parameters: adversarialSchema(method.defaults),
    fit: (input, options) => fitAdversarial(method, input, options),
    save: packModel,
    load: (bytes) => loadAdversarial(method, bytes),
    sample: (model, options) => sampleAdversarial(method, model, options),
    formats: adversarialFormats,
  };
}
