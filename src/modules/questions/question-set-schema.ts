import { factGroupIds, riskLevels } from './question-set.js';

const closed = (properties: Record<string, unknown>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

const text = { type: 'string', minLength: 1 };
const id = { type: 'string', pattern: '^[a-z][a-z.-]*$' };
const words = { type: 'array', minItems: 2, uniqueItems: true, items: text };

const question = closed({
  id,
  text,
  help: text,
  required: { type: 'boolean' },
  evidence: { type: 'array', uniqueItems: true, items: { enum: factGroupIds } },
});

const section = closed({ id, title: text, questions: { type: 'array', minItems: 1, items: question } });

export const questionSetSchema = closed({
  version: { type: 'integer', minimum: 1 },
  title: text,
  sections: { type: 'array', minItems: 1, items: section },
  scale: closed({
    likelihood: words,
    severity: words,
    levels: { type: 'array', items: { type: 'array', items: { enum: riskLevels } } },
  }),
  risks: { type: 'array', minItems: 1, items: closed({ id, text }) },
});
