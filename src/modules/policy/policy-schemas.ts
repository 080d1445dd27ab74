const tiers = ['STRUCTURAL', 'LOW', 'HIGH'];
const count = { type: 'integer', minimum: 1 };
const version = { const: 1 };

const closed = (properties: Record<string, unknown>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

const grant = {
  type: 'object',
  additionalProperties: false,
  required: ['actions', 'subject'],
  properties: {
    actions: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', minLength: 1 } },
    subject: { type: 'string', minLength: 1 },
    where: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

export const roleSchema = closed({
  version,
  role: { type: 'string', pattern: '^[a-z][a-z-]*$' },
  description: { type: 'string', minLength: 1 },
  may: { type: 'array', items: grant },
});

const number = { type: 'number' };
const threshold = {
  type: 'object',
  additionalProperties: false,
  required: ['pass', 'fail', 'waivable'],
  properties: {
    pass: number,
    fail: number,
    waivable: { type: 'boolean' },
    floor: number,
    reason: { type: 'string', minLength: 1 },
  },
  // What may be waived has a floor that no waiver goes below.
  if: { properties: { waivable: { const: true } } },
  then: { required: ['floor'] },
};

export const thresholdsSchema = closed({
  version,
  tier: { enum: tiers },
  rowsMax: count,
  checks: { type: 'object', minProperties: 1, additionalProperties: threshold },
});

/** What they mean and where the defaults come from: src/evaluation/disclosure/tables/table-rules.ts. */
const tables = closed({
  zerosAreLow: { type: 'boolean' },
  dominanceCount: { type: 'integer', minimum: 2 },
  dominanceShare: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
  pRatioMin: { type: 'number', minimum: 0 },
  degreesOfFreedomMin: count,
});

/** The floor of 5 is hard: no policy file goes below it (specification of disclosure defaults, ACRO and OpenSAFELY). */
export const disclosureSchema = closed({
  version,
  cellCountMin: { type: 'integer', minimum: 5 },
  countRounding: count,
  tailShare: { type: 'number', exclusiveMinimum: 0, maximum: 0.25 },
  binsMax: { type: 'integer', minimum: 1, maximum: 1000 },
  categoriesMax: { type: 'integer', minimum: 1, maximum: 10_000 },
  tables,
});

const days = { type: 'integer', minimum: 1, maximum: 3_650 };

export const lifecycleSchema = closed({
  version,
  approvalDays: days,
  releaseDays: closed({ STRUCTURAL: days, LOW: days, HIGH: days }),
  mechanismReviewDays: { type: 'integer', minimum: 1, maximum: 366 },
  waiverDaysMax: days,
  suspendFromSeverity: { enum: ['LOW', 'MEDIUM', 'HIGH'] },
  standingApproval: closed({ STRUCTURAL: { type: 'boolean' }, LOW: { type: 'boolean' } }),
});

export const quorumsSchema = closed({
  version,
  approvals: closed({ STRUCTURAL: count, LOW: count, HIGH: { type: 'integer', minimum: 2 } }),
});
