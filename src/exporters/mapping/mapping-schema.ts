import { encounterClasses } from '../../core/events/encounter.js';
import type { MappedKind } from './mapping.js';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string', minLength: 1 };
const texts: Schema = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } };
const day: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const words = (...values: readonly string[]): Schema => ({ enum: values });
const object = (required: readonly string[], properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
/** A set of names to what each stands for. */
const named = (of: Schema): Schema => ({ type: 'object', minProperties: 1, additionalProperties: of });
const exactlyOne = (...names: readonly (readonly string[])[]): Schema => ({
  oneOf: names.map((required) => ({ required })),
});

const span: Schema = {
  ...object(['unit'], {
    column: text,
    amount: { type: 'number' },
    unit: words('hours', 'days', 'weeks'),
  }),
  ...exactlyOne(['column'], ['amount']),
};
const moment: Schema = {
  ...object([], {
    column: text,
    form: words('date', 'datetime', 'year'),
    rule: text,
    moment: text,
    at: words('birth', 'encounter-start', 'encounter-end'),
    plus: span,
  }),
  ...exactlyOne(['column'], ['rule'], ['moment'], ['at']),
  dependentRequired: { form: ['column'] },
};
const code: Schema = {
  ...object([], { system: text, code: text, display: text, column: text, pattern: text, map: text }),
  ...exactlyOne(['system', 'code'], ['column', 'system'], ['column', 'map']),
  dependentRequired: { pattern: ['column', 'system'], display: ['code'] },
};
const lookUp = object(['column', 'map'], { column: text, map: text });
const lookUpOr = (fixed: Schema): Schema => ({
  ...object([], { column: text, map: text, is: fixed }),
  ...exactlyOne(['column', 'map'], ['is']),
});
const sex = words('female', 'male', 'other', 'unknown');
const encounterClass = words(...encounterClasses);
const valueParts = {
  ...{ map: text, as: words('number', 'text'), unit: text, unitText: text, unitFrom: lookUp },
} as const;
const conditions: Schema = {
  type: 'array',
  minItems: 1,
  items: {
    ...object(['column'], { column: text, in: texts, notIn: texts }),
    ...exactlyOne(['in'], ['notIn']),
  },
};

const common = {
  ...{ code, start: moment, end: moment, when: conditions, of: words('row', 'person') },
  encounter: {
    if: { type: 'string' },
    then: { enum: ['row', 'none'] },
    else: object(['column'], { column: text }),
  },
  explode: named(object(['code'], { code, ...valueParts })),
  cells: texts,
} as const;

const event = (
  kind: MappedKind,
  own: Readonly<Record<string, Schema>> = {},
  required: readonly string[] = [],
): Schema => ({
  ...object(['kind', 'start', ...required], { kind: { const: kind }, ...common, ...own }),
  ...exactlyOne(['code'], ['explode']),
  dependentRequired: { cells: ['explode'] },
});
const observationCategories = words(
  ...['vital-signs', 'laboratory', 'survey', 'social-history', 'exam', 'procedure', 'therapy', 'imaging'],
);
const events = [
  event('condition'),
  event(
    'allergy',
    {
      allergy: object(['type', 'category'], {
        type: words('allergy', 'intolerance'),
        category: words('food', 'medication', 'environment'),
      }),
    },
    ['allergy'],
  ),
  event(
    'observation',
    { category: observationCategories, value: object(['column'], { column: text, ...valueParts }) },
    ['category'],
  ),
  event('medication-order', { reason: code, isChronic: { type: 'boolean' } }, ['isChronic']),
  event('medication-administration', { reason: code }),
  event('procedure', { reason: code }),
  event('immunisation'),
  event('device'),
];

const ruleOf = (
  kind: string,
  own: Readonly<Record<string, Schema>>,
  required = Object.keys(own),
): Schema => ({
  ...object(['says', 'kind', ...required], { says: text, kind: { const: kind }, ...own }),
});
const rule: Schema = {
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [
    ruleOf('date', { date: day }),
    ruleOf('year', { year: { type: 'integer', minimum: 1000, maximum: 9999 } }),
    ruleOf('age', { at: day, band: words('lowest', 'middle') }, ['at']),
    ruleOf('one-after-another', { first: day, gapDays: { type: 'integer', minimum: 1, maximum: 3650 } }),
  ],
};

const mapOf = (
  gives: string,
  value: Schema,
  own: Readonly<Record<string, Schema>> = {},
  required: readonly string[] = [],
): Schema =>
  object(['gives', 'values', ...required], {
    ...{ gives: { const: gives }, values: named(value), without: texts },
    ...own,
  });
const valueMap: Schema = {
  type: 'object',
  required: ['gives'],
  discriminator: { propertyName: 'gives' },
  oneOf: [
    mapOf('coded', object(['code'], { code: text, display: text }), { system: text }, ['system']),
    mapOf(
      'quantity',
      object(['value'], { value: { type: 'number' }, comparator: words('<', '<=', '>=', '>') }),
      { unit: text },
    ),
    ...[mapOf('text', text), mapOf('unit', text), mapOf('boolean', { type: 'boolean' })],
    ...[mapOf('sex', sex), mapOf('encounter-class', encounterClass)],
  ],
};

const person = object(['sex', 'birth'], {
  sex: lookUpOr(sex),
  birth: {
    ...object([], { column: text, form: words('date', 'year', 'age', 'age-band'), rule: text }),
    anyOf: [{ required: ['column'] }, { required: ['rule'] }],
    dependentRequired: { column: ['form'], form: ['column'] },
  },
  ...{ ethnicity: code, race: code, language: code, maritalStatus: code },
  moments: named(moment),
});
const encounter = object(['class', 'start'], {
  ...{ key: text, class: lookUpOr(encounterClass), start: moment, end: moment, lengthOfStay: span },
  ...{ code, reason: code, admittedFrom: code, dischargedTo: code },
});

/** JSON Schema (2020-12 words that Ajv knows) of a mapping file. */
export const mappingSchema = {
  title: 'picketfence mapping of tables to patient events',
  ...object(['version', 'title', 'conflicts', 'tables'], {
    version: { const: 1 },
    title: text,
    conflicts: words('leave-out', 'refuse'),
    rules: named(rule),
    valueMaps: named(valueMap),
    tables: {
      type: 'array',
      minItems: 1,
      maxItems: 200,
      items: object(['name'], {
        ...{ name: text, missing: texts, mayLack: texts, key: text, order: text },
        ...{ person, encounter },
        death: object(['at'], { when: conditions, at: moment, cause: code }),
        events: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['kind'],
            discriminator: { propertyName: 'kind' },
            oneOf: events,
          },
        },
      }),
    },
  }),
} as const;
