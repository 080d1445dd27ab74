import { widthOf } from '../transform/table-layout.js';
import type { TableLayout } from '../transform/table-layout.js';
import { conditionColumns, conditionWidth } from './condition-columns.js';
import type { AdversarialMethod, GeneratorSizes } from './model.js';
import type { AdversarialParameters } from './parameters.js';

/** What follows from a layout and the parameters for the generator's network. */
export function generatorSizes(
  method: AdversarialMethod,
  layout: TableLayout,
  { noise, width }: AdversarialParameters,
): GeneratorSizes {
  const asked = method.isConditional ? conditionWidth(conditionColumns(layout)) : 0;
  return { inputs: noise + asked, width, outputs: widthOf(layout) };
}
