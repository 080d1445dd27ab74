import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Thresholds } from '../../evaluation/evaluate.js';
import { StartRefused } from '../start-refused.js';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'checks'],
  properties: {
    version: { const: 1 },
    checks: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['pass', 'fail', 'reason'],
        properties: { pass: { type: 'number' }, fail: { type: 'number' }, reason: { type: 'string' } },
      },
    },
  },
};

/** The limits of the checks of whole people. @throws {StartRefused} when the file is missing or says something else */
export function loadSubjectPolicy(directory: string): Thresholds {
  const file = join(directory, 'subjects.json');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartRefused(`${file} cannot be read: ${error instanceof Error ? error.message : '?'}`);
  }
  const ajv = new Ajv({ allErrors: true });
  const validate = ajv.compile<{ checks: Thresholds }>(schema);
  if (!validate(value))
    throw new StartRefused(`${file}: ${ajv.errorsText(validate.errors, { dataVar: '' })}`);
  return value.checks;
}
