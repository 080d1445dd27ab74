import { reportMeasures } from '../../evaluation/report/report-measures.js';
import { declaredMeasures } from '../../evaluation/registry.js';
import { timedStates } from './policy.js';

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
/** Why the limit is where it is, or whom it is from: a sentence, not a word. */
const reason = { type: 'string', minLength: 8 };
const thresholdOf = (required: readonly string[]): object => ({
  type: 'object',
  additionalProperties: false,
  required: ['pass', 'fail', 'waivable', ...required],
  properties: {
    pass: number,
    fail: number,
    waivable: { type: 'boolean' },
    floor: number,
    reason,
  },
  // What may be waived has a floor that no waiver goes below.
  if: { properties: { waivable: { const: true } } },
  then: { required: ['floor'] },
});
const threshold = thresholdOf(['reason']);

export const thresholdsSchema = closed({
  version,
  tier: { enum: tiers },
  rowsMax: count,
  checks: { type: 'object', minProperties: 1, additionalProperties: threshold },
  declaredChecks: {
    type: 'object',
    additionalProperties: threshold,
    propertyNames: { enum: declaredMeasures.map(({ name }) => name) },
  },
});

const limits = closed({ pass: number, fail: number, reason });

/** Thresholds of the evaluation report; none of them lets a candidate through or stops it. */
export const evaluationSchema = closed({
  version,
  measures: {
    type: 'object',
    additionalProperties: limits,
    propertyNames: { enum: reportMeasures.map(({ name }) => name) },
  },
  columns: closed({ shape: limits, 'missing-values': limits, adherence: limits }),
  pairs: closed({ trend: limits, association: limits }),
});

/** Of data that are simulated by clinical rules. */
export const rulesSchema = closed({
  version,
  personsMax: count,
  checks: { type: 'object', minProperties: 1, additionalProperties: thresholdOf([]) },
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

const attempts = { type: 'integer', minimum: 1, maximum: 100 };
const days = { type: 'integer', minimum: 1, maximum: 3_650 };

export const lifecycleSchema = closed({
  version,
  approvalDays: days,
  releaseDays: closed({ STRUCTURAL: days, LOW: days, HIGH: days }),
  attemptsMax: closed({ STRUCTURAL: attempts, LOW: attempts, HIGH: { ...attempts, maximum: 10 } }),
  reauditDays: closed({ STRUCTURAL: days, LOW: days, HIGH: { ...days, maximum: 366 } }),
  mechanismReviewDays: { type: 'integer', minimum: 1, maximum: 366 },
  waiverDaysMax: days,
  suspendFromSeverity: { enum: ['LOW', 'MEDIUM', 'HIGH'] },
  standingApproval: closed({ STRUCTURAL: { type: 'boolean' }, LOW: { type: 'boolean' } }),
});

/** What may be learned of any one subject of a source, by all models with differential privacy together. */
export const privacyBudgetSchema = closed({
  version,
  epsilon: { type: 'number', exclusiveMinimum: 0, maximum: 20 },
  delta: { type: 'number', exclusiveMinimum: 0, maximum: 1e-3 },
  samePeopleShareMin: { type: 'number', minimum: 0.01, maximum: 0.5 },
});

export const quorumsSchema = closed({
  version,
  approvals: closed({ STRUCTURAL: count, LOW: count, HIGH: { type: 'integer', minimum: 2 } }),
});

const domain = { type: 'string', pattern: '^([a-z0-9-]+\\.)*[a-z]{2,}$' };

export const accessSchema = closed({
  version,
  licence: { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)*$' },
  grantDaysMax: { type: 'integer', minimum: 1, maximum: 1_096 },
  linkMinutes: { type: 'integer', minimum: 1, maximum: 60 },
  // People take files of HIGH one by one, by links; programs have to sign.
  fhirDoor: closed({
    STRUCTURAL: { enum: ['SIGN_IN', 'BACKEND_CLIENT'] },
    LOW: { enum: ['SIGN_IN', 'BACKEND_CLIENT'] },
    HIGH: { const: 'BACKEND_CLIENT' },
  }),
  // A server has no grant, no training, and has accepted no terms.
  delivery: closed({ STRUCTURAL: { type: 'boolean' }, LOW: { type: 'boolean' }, HIGH: { const: false } }),
  refereeTokenHours: { type: 'integer', minimum: 1, maximum: 720 },
  refereeMailsMax: { type: 'integer', minimum: 1, maximum: 10 },
  refereeMailMinutes: { type: 'integer', minimum: 1, maximum: 1_440 },
  refereeDays: days,
  noticeDays: days,
  noteDays: days,
  reminderDays: days,
  institutionalDomains: { type: 'array', minItems: 1, uniqueItems: true, items: domain },
  trainingDaysMax: closed({
    NHS_DATA_SECURITY_AWARENESS: days,
    CITI_DATA_OR_SPECIMENS_ONLY_RESEARCH: days,
  }),
});

const workingDays = { type: 'number', exclusiveMinimum: 0, maximum: 365 };
const deadlines = closed({ reminderDays: workingDays, overdueDays: workingDays });

export const notificationsSchema = closed({
  version,
  workingWeekdays: {
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { type: 'integer', minimum: 1, maximum: 7 },
  },
  holidays: {
    type: 'array',
    maxItems: 1000,
    uniqueItems: true,
    items: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' },
  },
  states: closed(Object.fromEntries(timedStates.map((state) => [state, deadlines]))),
  destruction: deadlines,
  // The deadline itself is the law's: 72 hours after the report.
  regulatorNoticeHours: { type: 'number', exclusiveMinimum: 0, maximum: 72 },
  retrySeconds: { type: 'array', maxItems: 20, items: { type: 'integer', minimum: 1, maximum: 604_800 } },
});

export const catalogueSchema = closed({ version, titlesOfTierHigh: { type: 'boolean' } });

export const accountsSchema = closed({
  version,
  decisionsByApiToken: { type: 'boolean' },
  enabledByAnother: { type: 'boolean' },
  providerRoles: { type: 'array', uniqueItems: true, items: { type: 'string', minLength: 1 } },
  providerRolesHours: { type: 'integer', minimum: 1, maximum: 744 },
});

const delegable = (subjects: readonly string[], actions: readonly string[]): object => ({
  ...grant,
  properties: {
    ...grant.properties,
    actions: { ...grant.properties.actions, items: { enum: actions } },
    subject: { enum: subjects },
  },
});
const mustHave = (role: string): object => ({ type: 'array', contains: { const: role } });

/**
 * Who keeps accounts or only reads decides nothing, by delegation neither: the two names cannot be left out. Of a
 * request a delegate decides; of anything else a delegate only reads.
 */
export const delegationSchema = closed({
  version,
  daysMax: { type: 'integer', minimum: 1, maximum: 366 },
  startsWithinDays: { type: 'integer', minimum: 1, maximum: 366 },
  notToRoles: {
    type: 'array',
    uniqueItems: true,
    items: { type: 'string', minLength: 1 },
    allOf: [mustHave('administrator'), mustHave('auditor')],
  },
  may: {
    type: 'array',
    minItems: 1,
    items: {
      anyOf: [
        delegable(['Request'], ['read', 'approve', 'query', 'reject', 'return', 'recuse']),
        delegable(['Source', 'Profile', 'Mechanism', 'Release'], ['read']),
      ],
    },
  },
});
