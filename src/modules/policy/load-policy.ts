import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { mandatoryChecks, mandatoryRecordChecks } from '../../evaluation/mandatory-checks.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { DisclosureControl } from '../../core/profile/profile.js';
import type { TableRules } from '../../evaluation/disclosure/tables/table-rules.js';
import type { EvaluationPolicy } from '../../evaluation/report/evaluation-policy.js';
import type { Tier } from '../../generators/generator.js';
import type {
  AccessPolicy,
  Deadlines,
  AccountsPolicy,
  CataloguePolicy,
  DelegationPolicy,
  Licence,
  LifecyclePolicy,
  NotificationPolicy,
  Policy,
  PrivacyBudget,
  RolePolicy,
  RulesThresholds,
  TierThresholds,
} from './policy.js';
import {
  accountsSchema,
  delegationSchema,
  accessSchema,
  catalogueSchema,
  disclosureSchema,
  evaluationSchema,
  lifecycleSchema,
  notificationsSchema,
  privacyBudgetSchema,
  quorumsSchema,
  roleSchema,
  rulesSchema,
  thresholdsSchema,
} from './policy-schemas.js';

/** A policy file is missing or does not say what it must; the program does not start with it. */
class PolicyError extends Error {
  constructor(file: string, why: string) {
    super(`Policy file ${file}: ${why}`);
    this.name = 'PolicyError';
  }
}

const ajv = new Ajv({ allErrors: true });

function read(directory: string, name: string, schema: object): unknown {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(directory, name), 'utf8'));
  } catch (error) {
    throw new PolicyError(name, error instanceof Error ? error.message : String(error));
  }
  const validate = ajv.compile(schema);
  if (!validate(value)) throw new PolicyError(name, ajv.errorsText(validate.errors, { dataVar: '' }));
  return value;
}

const jsonFiles = (directory: string, folder: string): string[] =>
  readdirSync(join(directory, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => `${folder}/${name}`);

function readLicence(directory: string, version: string): Licence {
  const name = `licences/${version}.md`;
  try {
    const text = readFileSync(join(directory, name), 'utf8');
    if (text.trim() === '') throw new Error('it is empty');
    return { version, text, hash: sha256Hex(text) };
  } catch (error) {
    throw new PolicyError(name, error instanceof Error ? error.message : String(error));
  }
}

function requireMandatory(file: string, thresholds: TierThresholds): TierThresholds {
  requireChecks(file, thresholds.checks, mandatoryChecks[thresholds.tier]);
  return thresholds;
}

function requireChecks(file: string, given: object, mandatory: readonly string[]): void {
  const lacking = mandatory.filter((name) => !Object.hasOwn(given, name));
  if (lacking.length > 0)
    throw new PolicyError(file, `such data are never released without ${lacking.join(', ')}`);
}

function loadRules(take: (name: string, schema: object) => unknown): RulesThresholds {
  const { personsMax, checks } = take('rules.json', rulesSchema) as RulesThresholds;
  requireChecks('rules.json', checks, mandatoryRecordChecks);
  return { personsMax, checks };
}

export function loadPolicy(directory: string): Policy {
  const files = new Map<string, unknown>();
  const take = (name: string, schema: object): unknown => {
    const value = read(directory, name, schema);
    files.set(name, value);
    return value;
  };
  const roles = jsonFiles(directory, 'roles').map((name) => take(name, roleSchema) as RolePolicy);
  const thresholds = jsonFiles(directory, 'thresholds').map((name) =>
    requireMandatory(name, take(name, thresholdsSchema) as TierThresholds),
  );
  const rules = loadRules(take);
  const disclosure = take('disclosure.json', disclosureSchema) as DisclosureFile;
  const { approvals } = take('quorums.json', quorumsSchema) as { approvals: Record<Tier, number> };
  const { cellCountMin, countRounding, tailShare, binsMax, categoriesMax } = disclosure;
  const lifecycle = take('lifecycle.json', lifecycleSchema) as LifecyclePolicy;
  const accounts = take('accounts.json', accountsSchema) as AccountsPolicy;
  requireRoles('accounts.json', accounts.providerRoles, roles);
  const delegation = take('delegation.json', delegationSchema) as DelegationPolicy;
  const access = take('access.json', accessSchema) as AccessPolicy;
  const budget = take('privacy-budget.json', privacyBudgetSchema) as PrivacyBudgetFile;
  const { epsilon, delta, samePeopleShareMin } = budget;
  return {
    hash: sha256Hex(canonicalJson(Object.fromEntries(files))),
    roles,
    thresholds: Object.fromEntries(thresholds.map((one) => [one.tier, one])),
    rules,
    disclosure: { cellCountMin, countRounding, tailShare, binsMax, categoriesMax },
    tableRules: { cellCountMin, countRounding, ...disclosure.tables },
    approvals,
    lifecycle,
    access,
    licence: readLicence(directory, access.licence),
    notifications: loadNotifications(directory),
    evaluation: loadEvaluation(directory),
    catalogue: loadCatalogue(directory),
    accounts,
    delegation,
    privacyBudget: { epsilon, delta },
    samePeopleShareMin,
  };
}

interface DisclosureFile extends DisclosureControl {
  readonly tables: Omit<TableRules, 'cellCountMin' | 'countRounding'>;
}

interface PrivacyBudgetFile extends PrivacyBudget {
  readonly samePeopleShareMin: number;
}

/** Kept out of the hash: the report, which says the hash of this file, decides nothing. */
function loadEvaluation(directory: string): Policy['evaluation'] {
  const policy = read(directory, 'evaluation.json', evaluationSchema) as EvaluationPolicy;
  return { policy, sha256: sha256Hex(canonicalJson(policy)) };
}

/** Kept out of the hash, too: what is shown of a release makes no approval of it stale. */
function loadCatalogue(directory: string): CataloguePolicy {
  const { titlesOfTierHigh } = read(directory, 'catalogue.json', catalogueSchema) as CataloguePolicy;
  return { titlesOfTierHigh };
}

function requireRoles(file: string, names: readonly string[], roles: readonly RolePolicy[]): void {
  const unknown = names.find((name) => !roles.some(({ role }) => role === name));
  if (unknown !== undefined) throw new PolicyError(file, `"${unknown}" is no role`);
}

interface NotificationsFile extends Omit<NotificationPolicy, 'calendar'> {
  readonly workingWeekdays: readonly number[];
  readonly holidays: readonly string[];
}

/** Kept out of the hash: another day for a reminder does not make an approval stale. */
function loadNotifications(directory: string): NotificationPolicy {
  const name = 'notifications.json';
  const file = read(directory, name, notificationsSchema) as NotificationsFile;
  const {
    workingWeekdays: weekdays,
    holidays,
    states,
    destruction,
    regulatorNoticeHours,
    retrySeconds,
  } = file;
  for (const [place, { reminderDays, overdueDays }] of Object.entries<Deadlines>({
    ...states,
    destruction,
  })) {
    if (reminderDays >= overdueDays)
      throw new PolicyError(name, `${place}: reminderDays has to be less than overdueDays`);
  }
  return { calendar: { weekdays, holidays }, states, destruction, regulatorNoticeHours, retrySeconds };
}
