import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { EvaluationPolicy } from '../../evaluation/report/evaluation-policy.js';
import { StartRefused } from '../start-refused.js';

const threshold = {
  type: 'object',
  additionalProperties: false,
  required: ['pass', 'fail'],
  properties: { pass: { type: 'number' }, fail: { type: 'number' } },
};
const closed = (names: readonly string[]): object => ({
  type: 'object',
  additionalProperties: false,
  required: names,
  properties: Object.fromEntries(names.map((name) => [name, threshold])),
});
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'measures', 'columns', 'pairs'],
  properties: {
    version: { const: 1 },
    measures: { type: 'object', additionalProperties: threshold },
    columns: closed(['shape', 'missing-values', 'adherence']),
    pairs: closed(['trend', 'association']),
  },
};

/** @throws {StartRefused} when the file is missing or says something else than it must */
export function loadEvaluationPolicy(directory: string): { policy: EvaluationPolicy; sha256: string } {
  const file = join(directory, 'evaluation.json');
  let text: string;
  let value: unknown;
  try {
    text = readFileSync(file, 'utf8');
    value = JSON.parse(text);
  } catch (error) {
    throw new StartRefused(`${file} cannot be read: ${error instanceof Error ? error.message : '?'}`);
  }
  const ajv = new Ajv({ allErrors: true });
  const validate = ajv.compile<EvaluationPolicy>(schema);
  if (!validate(value))
    throw new StartRefused(`${file}: ${ajv.errorsText(validate.errors, { dataVar: '' })}`);
  return { policy: value, sha256: sha256Hex(text) };
}
