import { Ajv } from 'ajv';
import { PlausibilityRuleError } from './plausibility-rule-error.js';
import type { PlausibilityRule } from './rule.js';

const name = { type: 'string', minLength: 1 };
const texts = { type: 'array', minItems: 1, items: { type: 'string' } };
const bound = { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }] };
const condition = {
  type: 'object',
  additionalProperties: false,
  required: ['column'],
  minProperties: 2,
  properties: { column: name, in: texts, startsWith: texts, min: bound, max: bound },
};
const conditions = { type: 'array', minItems: 1, items: condition };

const rule = (
  kind: string,
  required: readonly string[],
  properties: Readonly<Record<string, object>>,
): object => ({
  type: 'object',
  additionalProperties: false,
  required: ['name', 'kind', ...required],
  properties: { name, kind: { const: kind }, says: { type: 'string' }, ...properties },
});

const kinds = {
  implication: rule('implication', ['when', 'then'], { when: conditions, then: conditions }),
  order: rule('order', ['columns'], { columns: { type: 'array', minItems: 2, items: name } }),
  range: {
    ...rule('range', ['column'], {
      ...{ column: name, min: bound, max: bound },
      unit: {
        type: 'object',
        additionalProperties: false,
        required: ['column', 'is'],
        properties: { column: name, is: { type: 'string' } },
      },
    }),
    anyOf: [{ required: ['min'] }, { required: ['max'] }],
  },
  pairs: rule('pairs', ['columns', 'allowed'], {
    columns: { type: 'array', minItems: 2, maxItems: 2, items: name },
    allowed: { type: 'object', minProperties: 1, additionalProperties: texts },
  }),
} as const satisfies Record<PlausibilityRule['kind'], object>;

interface RuleFile {
  readonly version: 1;
  readonly rules: readonly { readonly name: string; readonly kind: PlausibilityRule['kind'] }[];
}

const outline = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'rules'],
  properties: {
    version: { const: 1 },
    rules: {
      type: 'array',
      minItems: 1,
      maxItems: 500,
      items: {
        type: 'object',
        required: ['name', 'kind'],
        properties: { name, kind: { enum: Object.keys(kinds) } },
      },
    },
  },
};

const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false });
const isOutline = ajv.compile<RuleFile>(outline);
const ofKind = {
  implication: ajv.compile<PlausibilityRule>(kinds.implication),
  order: ajv.compile<PlausibilityRule>(kinds.order),
  range: ajv.compile<PlausibilityRule>(kinds.range),
  pairs: ajv.compile<PlausibilityRule>(kinds.pairs),
} as const;

/**
 * The rules of a file that was read (`{ version: 1, rules: [...] }`).
 * @throws {PlausibilityRuleError} with the rule and the place that is wrong, or when two rules have one name
 */
export function parsePlausibilityRules(value: unknown): PlausibilityRule[] {
  if (!isOutline(value))
    throw new PlausibilityRuleError(ajv.errorsText(isOutline.errors, { dataVar: 'rules file' }));
  const seen = new Set<string>();
  return value.rules.map((candidate) => {
    if (seen.has(candidate.name))
      throw new PlausibilityRuleError(`Two rules have the name "${candidate.name}".`);
    seen.add(candidate.name);
    const validate = ofKind[candidate.kind];
    if (validate(candidate)) return candidate;
    const faults = ajv.errorsText(validate.errors, { dataVar: `rule "${candidate.name}"` });
    throw new PlausibilityRuleError(faults);
  });
}
