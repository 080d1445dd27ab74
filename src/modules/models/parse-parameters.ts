import { Ajv } from 'ajv';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';

const ajv = new Ajv({ allErrors: true });

/** The parameters of a generator, from JSON text, as its own JSON Schema describes them. */
export function parseParameters(text: string, schema: object): { value: Record<string, unknown> } | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refusal('BAD_PARAMETERS', 'The parameters are not JSON.', 'parameters');
  }
  const validate = ajv.compile(schema);
  if (typeof value !== 'object' || value === null || !validate(value)) {
    const why = ajv.errorsText(validate.errors, { dataVar: 'parameters' });
    return refusal('BAD_PARAMETERS', `The generator does not take these parameters: ${why}.`, 'parameters');
  }
  return { value: { ...value } };
}
