import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicy } from './load-policy.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'picketfence-policy-'));
  cpSync('policies', directory, { recursive: true });
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function change(file: string, edit: (value: Record<string, unknown>) => void): void {
  const path = join(directory, file);
  const value = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  edit(value);
  writeFileSync(path, JSON.stringify(value));
}

describe('the policy', () => {
  it('is read whole, and its hash is that of what it says, not of how it is laid out', () => {
    const before = loadPolicy(directory);
    expect(before.roles.map(({ role }) => role)).toContain('ig-approver');
    expect(before.thresholds.LOW?.rowsMax).toBe(1_000_000);
    change('disclosure.json', () => undefined);
    expect(loadPolicy(directory).hash).toBe(before.hash);
  });

  it('has another hash when any value changes', () => {
    const before = loadPolicy(directory).hash;
    change('quorums.json', (value) => (value['approvals'] = { STRUCTURAL: 1, LOW: 2, HIGH: 2 }));
    expect(loadPolicy(directory).hash).not.toBe(before);
  });

  it('carries the rules of tables, with the floor and the rounding of all else', () => {
    change('disclosure.json', (value) => {
      value['cellCountMin'] = 12;
      (value['tables'] as Record<string, unknown>)['dominanceShare'] = 0.8;
    });
    expect(loadPolicy(directory).tableRules).toEqual({
      ...{ cellCountMin: 12, countRounding: 5, zerosAreLow: true },
      ...{ dominanceCount: 2, dominanceShare: 0.8, pRatioMin: 0.1, degreesOfFreedomMin: 10 },
    });
  });

  it.each([
    ['disclosure.json', 'cellCountMin', 4],
    ['disclosure.json', 'cellCountMin', '10'],
    ['disclosure.json', 'suppression', 'off'],
    ['thresholds/low.json', 'checks', {}],
    ['thresholds/low.json', 'rowsMax', 0],
    ['rules.json', 'personsMax', 0],
    ['rules.json', 'checks', {}],
    ['quorums.json', 'approvals', { STRUCTURAL: 1, LOW: 0, HIGH: 2 }],
    ['quorums.json', 'approvals', { STRUCTURAL: 1, LOW: 1, HIGH: 1 }],
    ['access.json', 'licence', '../1.0'],
    ['access.json', 'linkMinutes', 61],
    ['access.json', 'delivery', { STRUCTURAL: true, LOW: true, HIGH: true }],
    ['access.json', 'fhirDoor', { STRUCTURAL: 'SIGN_IN', LOW: 'SIGN_IN', HIGH: 'SIGN_IN' }],
    ['access.json', 'institutionalDomains', ['ac.uk ']],
    ['notifications.json', 'workingWeekdays', []],
    ['notifications.json', 'workingWeekdays', [0]],
    ['notifications.json', 'holidays', ['25.12.2026']],
    ['notifications.json', 'destruction', { reminderDays: 5, overdueDays: 5 }],
    ['notifications.json', 'states', {}],
    ['catalogue.json', 'titlesOfTierHigh', 'yes'],
    ['accounts.json', 'decisionsByApiToken', 'no'],
    ['accounts.json', 'providerRolesHours', 0],
    ['accounts.json', 'providerRolesHours', 1000],
    ['accounts.json', 'providerRoles', ['nobody-has-it']],
    ['delegation.json', 'daysMax', 0],
    ['delegation.json', 'daysMax', 1000],
    ['delegation.json', 'notToRoles', ['auditor']],
    ['delegation.json', 'notToRoles', ['administrator']],
    ['delegation.json', 'may', [{ actions: ['approve'], subject: 'Mechanism' }]],
    ['delegation.json', 'may', [{ actions: ['create'], subject: 'Request' }]],
    ['delegation.json', 'may', [{ actions: ['create'], subject: 'Delegation' }]],
    ['lifecycle.json', 'attemptsMax', { STRUCTURAL: 10, LOW: 10, HIGH: 0 }],
    ['lifecycle.json', 'attemptsMax', { STRUCTURAL: 10, LOW: 10, HIGH: 11 }],
    ['lifecycle.json', 'attemptsMax', { STRUCTURAL: 10, LOW: 10 }],
    ['lifecycle.json', 'reauditDays', { STRUCTURAL: 365, LOW: 365, HIGH: 367 }],
    ['lifecycle.json', 'reauditDays', { STRUCTURAL: 365, LOW: 0, HIGH: 180 }],
    ['privacy-budget.json', 'epsilon', 0],
    ['privacy-budget.json', 'epsilon', 21],
    ['privacy-budget.json', 'delta', 0],
    ['roles/researcher.json', 'may', [{ actions: [], subject: 'Request' }]],
  ])('is refused when %s says %s: %j', (file, key, value) => {
    change(file, (content) => (content[key] = value));
    expect(() => loadPolicy(directory)).toThrow(`Policy file ${file}`);
  });

  it('keeps its hash when the terms change, whose hash is another', () => {
    const before = loadPolicy(directory);
    writeFileSync(join(directory, 'licences/1.0.md'), 'Other terms.');
    const after = loadPolicy(directory);
    expect(after.hash).toBe(before.hash);
    expect(after.licence).toMatchObject({ version: '1.0', text: 'Other terms.' });
    expect(after.licence.hash).not.toBe(before.licence.hash);
  });

  it.each([
    [
      'missing',
      () => {
        rmSync(join(directory, 'licences/1.0.md'));
      },
    ],
    [
      'empty',
      () => {
        writeFileSync(join(directory, 'licences/1.0.md'), ' ');
      },
    ],
  ])('is refused when the terms in force are %s', (_, spoil) => {
    spoil();
    expect(() => loadPolicy(directory)).toThrow('Policy file licences/1.0.md');
  });

  it('decides the same, and has the same hash, when people are reminded on other days', () => {
    const before = loadPolicy(directory);
    change('notifications.json', (value) => (value['holidays'] = ['2026-12-25']));
    const after = loadPolicy(directory);
    expect(after.notifications.calendar.holidays).toEqual(['2026-12-25']);
    expect(after.hash).toBe(before.hash);
  });

  it.each([
    ['thresholds/structural.json', 'synthetic-label'],
    ['thresholds/low.json', 'exact-copies-above-chance'],
    ['thresholds/high.json', 'schema-validity'],
    ['thresholds/high.json', 'membership-of-chosen-people'],
    ['thresholds/high.json', 'dp-audit'],
    ['rules.json', 'events-outside-life'],
  ])('is refused when %s leaves out %s', (file, check) => {
    change(file, (content) => {
      const checks = content['checks'] as Record<string, unknown>;
      content['checks'] = Object.fromEntries(Object.entries(checks).filter(([name]) => name !== check));
    });
    expect(() => loadPolicy(directory)).toThrow(check);
  });

  it.each([
    ['evaluation.json', 'measures'],
    ['thresholds/low.json', 'checks'],
    ['thresholds/high.json', 'declaredChecks'],
  ])('is refused when a limit of %s (%s) has no reason, or an empty one', (file, part) => {
    for (const reason of [undefined, '']) {
      change(file, (content) => {
        const limits = content[part] as Record<string, Record<string, unknown>>;
        const [name = ''] = Object.keys(limits);
        limits[name] = { ...limits[name], reason };
      });
      expect(() => loadPolicy(directory)).toThrow('reason');
    }
  });

  it.each([
    ['evaluation.json', 'measures', { pass: 1, fail: 0, reason: 'For the sake of a test.' }],
    [
      'thresholds/high.json',
      'declaredChecks',
      { pass: 1, fail: 0, waivable: false, reason: 'For the sake of a test.' },
    ],
  ])('is refused when %s limits what nothing measures', (file, part, limit) => {
    change(file, (content) => (content[part] = { ...(content[part] as object), 'made-up': limit }));
    expect(() => loadPolicy(directory)).toThrow(`Policy file ${file}`);
  });

  it('is refused when a file is missing', () => {
    rmSync(join(directory, 'quorums.json'));
    expect(() => loadPolicy(directory)).toThrow('Policy file quorums.json');
  });
});
